package io.replaylinker.clickhouse.query;

import io.replaylinker.clickhouse.Parameters;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Supplier;

/**
 * Finds the replays of an issue. A link has the issue with which its event was received, and no hash. Changes of the issue are read in
 * parallel with its links. The links are read again in the rare case that errors of other issues count as errors of this one, or errors of
 * this one as errors of another.
 */
final class OfIssue {

    private static final String ONE = "group_id = {issue:UInt64}";

    /** The hash of an error is looked up where it decides. An event whose error is not kept has a hash that no split names. */
    private static final String SEVERAL = """
            (group_id IN {issues:Array(UInt64)} AND event_id GLOBAL NOT IN (%s)
             OR group_id IN {in_issues:Array(UInt64)} AND event_id GLOBAL IN (%s))""";

    private static final String ERRORS = """
            SELECT event_id
            FROM errors_by_issue
            WHERE organization_id IN {of_organizations:Array(UInt64)}
              AND group_id IN {%1$s_issues:Array(UInt64)}
              AND has(arrayZip({%1$s_issues:Array(UInt64)}, {%1$s_hashes:Array(FixedString(16))}), (group_id, primary_hash))""";

    private static final String NOT_MOVED = "group_id IN {issues:Array(UInt64)}";

    private final List<Long> organizations;
    private final Function<ByKey.Key, Page<ReplayHit>> replays;

    /** @param replays reads a page of the replays of a key */
    OfIssue(List<Long> organizations, Function<ByKey.Key, Page<ReplayHit>> replays) {
        this.organizations = organizations;
        this.replays = replays;
    }

    /** @param changes of the issue; they are waited for once its links were read */
    Optional<IssueStory> story(long asked, Supplier<IssueChanges> changes, Filter filter) {
        Page<ReplayHit> asReceived = replays.apply(key(ONE, () -> new Parameters().unsigned("issue", asked)));
        IssueChanges known = changes.get();
        long current = known.current(asked, "");
        if (current == IssueChanges.DELETED) {
            Set<Long> sources = known.sources(asked);
            Page<ReplayHit> ofSources = sources.size() == 1 ? asReceived : replays.apply(whole(sources));
            return ofSources.rows().isEmpty()
                    ? Optional.empty()
                    : Optional.of(new IssueStory(asked, 0, new Page<>(List.of(), null)));
        }
        Received received = Received.of(current, known);
        Page<ReplayHit> page = received.isOnly(asked) ? asReceived : replays.apply(key(received));
        // Changes name no organization: without a replay, the issue may be of another one, and its changes stay hidden.
        return page.known(filter)
                .map(found -> new IssueStory(asked, found.rows().isEmpty() ? asked : current, found));
    }

    private ByKey.Key key(Received received) {
        if (received.out().isEmpty() && received.in().isEmpty()) {
            return whole(received.issues());
        }
        return key(SEVERAL.formatted(ERRORS.formatted("out"), ERRORS.formatted("in")), () -> new Parameters()
                .unsigned("issues", received.issues())
                .unsigned("of_organizations", organizations)
                .unsigned(
                        "out_issues", received.out().stream().map(Errors::issue).toList())
                .ids("out_hashes", received.out().stream().map(Errors::hash).toList())
                .unsigned("in_issues", received.in().stream().map(Errors::issue).toList())
                .ids("in_hashes", received.in().stream().map(Errors::hash).toList()));
    }

    private static ByKey.Key whole(Set<Long> issues) {
        return key(NOT_MOVED, () -> new Parameters().unsigned("issues", issues));
    }

    private static ByKey.Key key(String condition, Supplier<Parameters> values) {
        return new ByKey.Key("replays_by_issue", "day", true, condition, true, values);
    }

    /** Errors that were received with an issue and a hash. */
    private record Errors(long issue, String hash) {}

    /**
     * How the errors of an issue were received.
     *
     * @param issues with these issues
     * @param out but not these, which a split moved elsewhere
     * @param in and these as well
     */
    private record Received(Set<Long> issues, List<Errors> out, List<Errors> in) {

        static Received of(long issue, IssueChanges changes) {
            Set<Long> sources = changes.sources(issue);
            Set<String> hashes = changes.hashes(sources);
            Set<Long> issues = new LinkedHashSet<>();
            List<Errors> out = new ArrayList<>();
            List<Errors> in = new ArrayList<>();
            for (long source : sources) {
                boolean isWhole = changes.current(source, "") == issue;
                if (isWhole) {
                    issues.add(source);
                }
                for (String hash : hashes) {
                    if ((changes.current(source, hash) == issue) != isWhole) {
                        (isWhole ? out : in).add(new Errors(source, hash));
                    }
                }
            }
            return new Received(issues, out, in);
        }

        boolean isOnly(long issue) {
            return issues.equals(Set.of(issue)) && out.isEmpty() && in.isEmpty();
        }
    }
}
