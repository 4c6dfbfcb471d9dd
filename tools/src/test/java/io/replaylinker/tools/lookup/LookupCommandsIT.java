package io.replaylinker.tools.lookup;

import static org.assertj.core.api.Assertions.assertThat;

import io.replaylinker.embedded.EmbeddedClickHouse;
import io.replaylinker.runtime.cli.ExitCodes;
import io.replaylinker.runtime.cli.Program;
import io.replaylinker.tools.ReplayLinkerCommand;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The commands as people type them, against real tables. */
class LookupCommandsIT {

    private static final EmbeddedClickHouse SERVER = EmbeddedClickHouse.start();

    private static String day = "";

    @TempDir
    private Path folder = Path.of("");

    private String out = "";
    private String err = "";

    @BeforeAll
    static void fill() {
        day = LocalDate.now(ZoneOffset.UTC).minusDays(1).toString();
        Shop.fill(SERVER, day);
    }

    @AfterAll
    static void stop() {
        SERVER.close();
    }

    @Test
    void shouldShowAReplayWithItsEventsInTheOrderOfTime() {
        assertThat(ask("lookup", "replay", "5E550001-AAAA")).isEqualTo(ExitCodes.OK);
        assertThat(out.lines().toList())
                .startsWith(
                        "Replay " + Shop.REPLAY + "  project 11, organization 1",
                        "  started " + day + " 09:00:00.000 UTC, last seen " + day
                                + " 09:01:30.500 UTC, 1m 30s, 18 segments",
                        "  session, platform javascript, release shop@1.2, environment production",
                        "",
                        "     offset  what   where                took  project  by             event",
                        "   +2.070 s  call   POST /api/checkout  12 ms  22       by trace 0.90  " + Shop.CALL,
                        "  +13.970 s  fatal  POST /api/checkout         22       by id 1.00     " + Shop.ERROR)
                .last()
                .asString()
                .startsWith("newest record in the tables: " + day + " 09:16:00.000 UTC, ")
                .endsWith(" ago");
        assertThat(err).isEmpty();
    }

    @Test
    void shouldGoOnWithThePageAfter() {
        assertThat(ask("lookup", "replay", Shop.REPLAY, "--limit", "1")).isEqualTo(ExitCodes.OK);
        assertThat(out).contains(Shop.CALL).doesNotContain(Shop.ERROR);
        String token = out.lines()
                .filter(line -> line.startsWith("more: --after "))
                .findFirst()
                .orElseThrow()
                .substring("more: --after ".length());

        assertThat(ask("lookup", "replay", Shop.REPLAY, "--limit", "3", "--after", token))
                .isEqualTo(ExitCodes.OK);
        assertThat(out).contains(Shop.ERROR).doesNotContain(Shop.CALL).doesNotContain("more:");
        assertThat(ask("lookup", "issue", "77", "--after", token)).isEqualTo(ExitCodes.USAGE);
    }

    @Test
    void shouldShowTheReplayOfAnEvent() {
        assertThat(ask("lookup", "event", "e0e00001")).isEqualTo(ExitCodes.OK);
        assertThat(out)
                .contains(
                        "Event " + Shop.ERROR + "  project 22, organization 1",
                        "replay " + Shop.REPLAY + " of project 11, +13.970 s from its start");
    }

    @Test
    void shouldShowTheReplaysOfIssueTransactionAndTraceTheNewestFirst() {
        assertThat(ask("lookup", "issue", "77")).isEqualTo(ExitCodes.OK);
        List<String> table = out.lines().toList();
        assertThat(table.get(0)).startsWith("started (UTC)");
        assertThat(table.get(1))
                .startsWith(day + " 09:00:00.000")
                .contains("1m 30s")
                .endsWith(Shop.REPLAY);
        assertThat(table.get(2)).startsWith(day + " 08:00:00.000").endsWith(Shop.SHORT_REPLAY);

        assertThat(ask("lookup", "transaction", "POST /api/checkout", "--project", "22"))
                .isEqualTo(ExitCodes.OK);
        assertThat(out.lines().limit(3)).isEqualTo(table.subList(0, 3));

        assertThat(ask("lookup", "trace", Shop.TRACE.substring(0, 8).toUpperCase(Locale.ROOT)))
                .isEqualTo(ExitCodes.OK);
        assertThat(out).containsSubsequence("Trace " + Shop.TRACE, Shop.REPLAY, Shop.CALL, Shop.SHORT_REPLAY);
    }

    @Test
    void shouldShowTheReplaysOfAnIssueThatWasMerged() {
        assertThat(ask("lookup", "issue", "77")).isEqualTo(ExitCodes.OK);
        List<String> table = out.lines().toList();

        assertThat(ask("lookup", "issue", "76")).isEqualTo(ExitCodes.OK);
        assertThat(out.lines())
                .startsWith("issue 76 was merged into issue 77, whose replays these are", "")
                .containsSequence(table.subList(0, 3));
        assertThat(ask("lookup", "issue", "76", "--json")).isEqualTo(ExitCodes.OK);
        assertThat(out).contains("\"issue\" : 76,", "\"merged_into\" : 77,", "\"deleted\" : false,");
    }

    @Test
    void shouldShowLongReplaysWithABackendError() {
        assertThat(ask("lookup", "replays", "--min-duration", "60s", "--with-backend-error", "--project", "11"))
                .isEqualTo(ExitCodes.OK);
        assertThat(out).contains(Shop.REPLAY).doesNotContain(Shop.SHORT_REPLAY);
        assertThat(ask("lookup", "replays", "--min-duration", "2m")).isEqualTo(ExitCodes.UNKNOWN);
    }

    @Test
    void shouldShowTheShareOfErrorsWithAReplay() {
        assertThat(ask("coverage", "--since", day, "--by", "hour")).isEqualTo(ExitCodes.OK);
        assertThat(out.lines().map(String::stripTrailing))
                .contains(
                        "2 of 3 backend errors have a replay (66.7 %), received since " + day + " 00:00:00.000 UTC",
                        "0 of those without a replay have neither a replay id nor a flag",
                        "  by id    REPLAY_NOT_SEEN       1  33.3 %",
                        "  " + day + " 09:00       3            2  66.7 %");
    }

    @Test
    void shouldReportWhereDataBeginsWhenTheRangeHasNone() {
        assertThat(ask("coverage", "--since", "0m")).isEqualTo(ExitCodes.OK);
        assertThat(out)
                .startsWith("no backend error was received since ")
                .contains("the tables have errors received from " + day + " 09:00 to " + day + " 10:00 UTC;"
                        + " start there with --since " + day + "T09:00:00Z");
        assertThat(ask("coverage", "--since", "0m", "--project", "4711")).isEqualTo(ExitCodes.OK);
        assertThat(out).contains("and none before that is in the tables");
    }

    @Test
    void shouldReportThatAnIdIsThatOfAReplay() {
        String whole =
                "event " + Shop.REPLAY + ": not found; it is the id of a replay; see lookup replay " + Shop.REPLAY;

        assertThat(ask("lookup", "event", Shop.REPLAY)).isEqualTo(ExitCodes.UNKNOWN);
        assertThat(err).startsWith(whole);
        assertThat(ask("why", Shop.REPLAY)).isEqualTo(ExitCodes.UNKNOWN);
        assertThat(err).startsWith(whole);
        assertThat(ask("lookup", "event", Shop.REPLAY.substring(0, 10))).isEqualTo(ExitCodes.UNKNOWN);
        assertThat(err).contains("the id of a replay begins with it; see lookup replay 5e550001aa");
        assertThat(ask("lookup", "event", Shop.REPLAY, "--organization", "2")).isEqualTo(ExitCodes.UNKNOWN);
        assertThat(err).doesNotContain("id of a replay");
    }

    @Test
    void shouldListTheEventsThatNameAReplayOfWhichNothingWasSeen() {
        assertThat(ask("lookup", "replay", "5e550007")).isEqualTo(ExitCodes.UNKNOWN);
        assertThat(err)
                .startsWith(
                        "replay 5e550007: not found; no segment of it was seen, or it has expired; 1 event names it");
        assertThat(out.lines().toList())
                .last()
                .asString()
                .startsWith(day + " 09:00:20.000")
                .contains("REPLAY_NOT_SEEN")
                .endsWith(Shop.UNLINKED);

        assertThat(ask("lookup", "replay", "5e550007", "--json")).isEqualTo(ExitCodes.UNKNOWN);
        assertThat(out.replaceAll("\\s", ""))
                .startsWith("{\"question\":\"replay\",\"status\":\"unknown\",\"answer\":null,")
                .contains("\"named_by\":[{\"event_id\":\"" + Shop.UNLINKED + "\"", "\"outcome\":\"REPLAY_NOT_SEEN\"");

        assertThat(ask("lookup", "replay", "5e550007", "--project", "23")).isEqualTo(ExitCodes.UNKNOWN);
        assertThat(out).isEmpty();
        assertThat(err).contains("no event of the last 14 days names it");
        assertThat(ask("lookup", "replay", "ffffffff", "--json")).isEqualTo(ExitCodes.UNKNOWN);
        assertThat(out.replaceAll("\\s", "")).contains("\"named_by\":[]");
    }

    @Test
    void shouldReportWhyInPlainText() {
        assertThat(ask("why", Shop.UNLINKED)).isEqualTo(ExitCodes.OK);
        assertThat(out.lines())
                .startsWith(
                        "Event " + Shop.UNLINKED + " of project 22, received " + day + " 09:00:20.000 UTC",
                        "  names replay 5e550007aaaa4aaa8aaa0000000007fd",
                        "  not linked: REPLAY_NOT_SEEN, no segment of the replay was seen");
        assertThat(ask("why", Shop.CALL)).isEqualTo(ExitCodes.OK);
        assertThat(out).contains("method trace, confidence 0.9: the replay is the only visit on the trace");
        assertThat(ask("why", "ffffffff")).isEqualTo(ExitCodes.UNKNOWN);
        assertThat(err).startsWith("event ffffffff: not found; it may still wait for its replay");
    }

    @Test
    void shouldListTheCandidatesOfAPrefix() {
        assertThat(ask("lookup", "event", "e0e00009")).isEqualTo(ExitCodes.AMBIGUOUS);
        assertThat(out.lines()).containsExactly(Shop.TWIN, Shop.OTHER_TWIN);
        assertThat(err.strip()).isEqualTo("event e0e00009: 2 ids have this prefix; give more digits");
        assertThat(ask("lookup", "event", Shop.TWIN.substring(0, 12))).isEqualTo(ExitCodes.OK);
    }

    @Test
    void shouldTakeAnIdInAnySpelling() {
        assertThat(ask("lookup", "event", "E0E0 0001-aaaa")).isEqualTo(ExitCodes.OK);
        assertThat(ask("lookup", "replay", "5e55")).isEqualTo(ExitCodes.USAGE);
        assertThat(err).contains("5e55: not an id of a replay, nor its first 8 digits or more");
    }

    @Test
    void shouldAnswerInJson() {
        assertThat(ask("lookup", "replay", Shop.REPLAY, "--json", "--limit", "1"))
                .isEqualTo(ExitCodes.OK);
        assertThat(out.replaceAll("\\s", ""))
                .startsWith("{\"question\":\"replay\",\"status\":\"found\",\"answer\":{\"replay\":{\"replay_id\":\""
                        + Shop.REPLAY + "\",\"organization_id\":1,")
                .contains(
                        "\"offset_ms\":2070,",
                        "\"next\":\"e",
                        "\"freshness\":{\"newest_ingested_at\":\"" + day + "T09:16:00Z\",\"age_ms\":");
        assertThat(ask("lookup", "event", "ffffffff", "--json")).isEqualTo(ExitCodes.UNKNOWN);
        assertThat(out.replaceAll("\\s", ""))
                .startsWith("{\"question\":\"event\",\"status\":\"unknown\",\"answer\":null,");
    }

    @Test
    void shouldLeadIntoSentry() throws IOException {
        Path config = Shop.config(folder, SERVER, "shop");
        Files.writeString(
                config,
                "sentry.url=https://sentry.example.com/\nsentry.organization.slugs=1:acme\n",
                StandardOpenOption.APPEND);
        String acme = "https://sentry.example.com/organizations/acme/";

        assertThat(ask(config, "lookup", "replay", Shop.REPLAY)).isEqualTo(ExitCodes.OK);
        assertThat(out.lines()).contains("  in Sentry: " + acme + "explore/replays/" + Shop.REPLAY + "/");
        assertThat(ask(config, "lookup", "event", Shop.ERROR)).isEqualTo(ExitCodes.OK);
        assertThat(out.lines())
                .contains(
                        "  event in Sentry: " + acme + "issues/77/events/" + Shop.ERROR + "/",
                        "  replay in Sentry: " + acme + "explore/replays/" + Shop.REPLAY + "/?t=13",
                        "  trace in Sentry: " + acme + "explore/traces/trace/" + Shop.TRACE + "/");
        assertThat(ask(config, "lookup", "trace", Shop.TRACE)).isEqualTo(ExitCodes.OK);
        assertThat(out.lines()).contains("  in Sentry: " + acme + "explore/traces/trace/" + Shop.TRACE + "/");
        assertThat(ask(config, "lookup", "issue", "77")).isEqualTo(ExitCodes.OK);
        assertThat(out.lines()).contains("issue in Sentry: " + acme + "issues/77/");
        assertThat(ask(config, "lookup", "event", Shop.CALL, "--json")).isEqualTo(ExitCodes.OK);
        assertThat(out).contains("\"sentry_replay_url\" : \"" + acme + "explore/replays/" + Shop.REPLAY + "/?t=2\"");
    }

    @Test
    void shouldPrintWhatTheHandbookShows() throws IOException {
        if (Boolean.getBoolean("docs.renew")) {
            DocumentedLookup.renew(this::printed);
        }
        List<DocumentedLookup> samples = DocumentedLookup.all();

        assertThat(samples).hasSizeGreaterThan(10).allSatisfy(sample -> assertThat(printed(sample))
                .isEqualTo(sample.output()));
    }

    private String printed(DocumentedLookup sample) {
        ask(sample.arguments().stream()
                .map(argument -> argument.replace(DocumentedLookup.DAY, day))
                .toArray(String[]::new));
        return DocumentedLookup.asDocumented(err + out, day);
    }

    @Test
    void shouldNameEveryMistakeAtOnce() {
        assertThat(ask("lookup", "issue", "abc", "--limit", "0", "--since", "soon", "--project", "x"))
                .isEqualTo(ExitCodes.USAGE);
        assertThat(err.lines())
                .contains(
                        "issue abc: must be a number",
                        "--limit 0: must be 1 to 1000",
                        "--since soon: must be a time, such as 7d, 12h, 2026-10-05 or 2026-10-05T09:00:00Z",
                        "--project x: must be a number");
    }

    @Test
    void shouldReportInOneLineWhatToDoWithoutTables() {
        assertThat(ask(Shop.config(folder, SERVER, "nowhere"), "lookup", "issue", "77"))
                .isEqualTo(ExitCodes.FAILURE);
        assertThat(err.lines().findFirst().orElseThrow())
                .contains("database nowhere", "the database does not exist; make it with the command tables --apply");
    }

    @Test
    void shouldReportInOneLineThatTheServerIsAway() {
        assertThat(ask(Shop.config(folder, "http://127.0.0.1:1", "shop", SERVER), "why", Shop.ERROR))
                .isEqualTo(ExitCodes.FAILURE);
        assertThat(err.lines().findFirst().orElseThrow())
                .contains("ClickHouse at http://127.0.0.1:1", "refused", "is the server up");
    }

    private int ask(String... args) {
        return ask(Shop.config(folder, SERVER, "shop"), args);
    }

    private int ask(Path config, String... args) {
        StringWriter outText = new StringWriter();
        StringWriter errText = new StringWriter();
        List<String> all = new ArrayList<>(List.of(args));
        all.addAll(List.of("--config", config.toString()));
        int code = new Program(ReplayLinkerCommand.commandLine()
                        .setOut(new PrintWriter(outText, true))
                        .setErr(new PrintWriter(errText, true)))
                .run(all.toArray(String[]::new));
        out = outText.toString();
        err = errText.toString();
        return code;
    }
}
