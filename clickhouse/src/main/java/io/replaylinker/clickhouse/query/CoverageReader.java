package io.replaylinker.clickhouse.query;

import io.replaylinker.clickhouse.TableReader;
import io.replaylinker.clickhouse.TableRow;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * Counts the outcomes of backend errors. Recent days are counted from the events themselves. Earlier hours come from a table that is
 * refreshed every hour, because their events have expired or soon will.
 */
final class CoverageReader {

    /** Single events are kept for 14 days. The hourly table is recomputed for the last 7 days. */
    private static final Duration SINGLE_EVENTS = Duration.ofDays(13);

    private static final String NARROWED = """
            WHERE organization_id IN {organizations:Array(UInt64)}
              AND hour >= toDateTime({from:Int64}, 'UTC') AND hour < toDateTime({until:Int64}, 'UTC')
              AND ({any_project:UInt8} OR event_project_id = {project:UInt64})
              AND origin = 'backend' AND outcome != 'DELETED'
            """;

    private static final String EVENTS = """
            SELECT toInt64(toUnixTimestamp(hour)) AS hour_s, method, outcome, toInt64(count()) AS errors,
                toInt64(countIf(claimed = 0)) AS named_none
            FROM link_outcomes
            """ + NARROWED + """
              AND kind = 'error' AND occurrence = 0
            GROUP BY hour, method, outcome
            """;

    private static final String HOURS = """
            SELECT
                toInt64(toUnixTimestamp(hour)) AS hour_s,
                splitByChar('/', event.1)[1] AS method,
                splitByChar('/', event.1)[2] AS outcome,
                toInt64(sum(event.2)) AS errors,
                toInt64(sum(unclaimed[event.1])) AS named_none
            FROM link_coverage_hourly FINAL
            ARRAY JOIN CAST(events, 'Array(Tuple(String, UInt64))') AS event
            """ + NARROWED + """
            GROUP BY hour, method, outcome
            """;

    private static final String SPAN = """
            SELECT min(hour_s) AS first_s, max(hour_s) AS last_s
            FROM (
            %s)
            HAVING count() > 0
            """;

    private final TableReader tables;
    private final Clock clock;

    CoverageReader(TableReader tables, Clock clock) {
        this.tables = tables;
        this.clock = clock;
    }

    Coverage read(List<Long> organizations, CoverageQuestion question) {
        Instant since = question.since().truncatedTo(ChronoUnit.HOURS);
        Instant single = clock.instant().minus(SINGLE_EVENTS).truncatedTo(ChronoUnit.HOURS);
        Instant border = since.isBefore(single) ? single : since;
        List<Hour> hours =
                new ArrayList<>(ask(EVENTS, organizations, question, border, Instant.ofEpochSecond(0xFFFFFFFFL)));
        if (since.isBefore(border)) {
            hours.addAll(ask(HOURS, organizations, question, since, border));
        }
        ChronoUnit unit = question.by() == CoverageQuestion.Step.DAY ? ChronoUnit.DAYS : ChronoUnit.HOURS;
        Map<Instant, List<Hour>> steps = hours.stream()
                .collect(Collectors.groupingBy(
                        hour -> hour.start().truncatedTo(unit), TreeMap::new, Collectors.toList()));
        return new Coverage(
                since,
                steps.entrySet().stream()
                        .map(step -> new Coverage.Step(step.getKey(), sums(step.getValue())))
                        .toList());
    }

    /** Returns the hours of the errors before the range of the question; empty if there are none. */
    Optional<Coverage.Span> before(List<Long> organizations, CoverageQuestion question) {
        Map<String, Object> parameters = parameters(
                organizations, question, Instant.EPOCH, question.since().truncatedTo(ChronoUnit.HOURS));
        // The events are far more, and only those of the last hour may be missing in the hours.
        return span(HOURS, parameters).or(() -> span(EVENTS, parameters));
    }

    private Optional<Coverage.Span> span(String sql, Map<String, Object> parameters) {
        return tables
                .rows(
                        "reading the hours of the coverage",
                        SPAN.formatted(sql),
                        parameters,
                        row -> new Coverage.Span(
                                Instant.ofEpochSecond(row.number("first_s")),
                                Instant.ofEpochSecond(row.number("last_s")).plus(1, ChronoUnit.HOURS)))
                .stream()
                .findFirst();
    }

    private List<Hour> ask(
            String sql, List<Long> organizations, CoverageQuestion question, Instant from, Instant until) {
        return tables.rows("reading the coverage", sql, parameters(organizations, question, from, until), Hour::of);
    }

    private static Map<String, Object> parameters(
            List<Long> organizations, CoverageQuestion question, Instant from, Instant until) {
        return Links.ofProject(question.project())
                .unsigned("organizations", organizations)
                .number("from", Math.max(0, from.getEpochSecond()))
                .number("until", Math.max(0, until.getEpochSecond()))
                .values();
    }

    private static List<Coverage.Count> sums(List<Hour> hours) {
        return new Coverage(
                        Instant.EPOCH,
                        hours.stream()
                                .map(hour -> new Coverage.Step(hour.start(), List.of(hour.count())))
                                .toList())
                .total();
    }

    private record Hour(Instant start, Coverage.Count count) {

        static Hour of(TableRow row) {
            return new Hour(
                    Instant.ofEpochSecond(row.number("hour_s")),
                    new Coverage.Count(
                            row.text("method"), row.text("outcome"), row.number("errors"), row.number("named_none")));
        }
    }
}
