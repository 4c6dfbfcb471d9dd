package io.replaylinker.runtime.answer;

import io.replaylinker.clickhouse.query.Cursor;
import io.replaylinker.clickhouse.query.Filter;
import io.replaylinker.runtime.cli.Words;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Options of a query whose answer has pages. */
public final class PageOptions {

    @Mixin
    private ScopeOptions scope = new ScopeOptions();

    @Option(
            names = "--limit",
            paramLabel = "N",
            defaultValue = "20",
            description = "Rows on a page, 1 to 1000; ${DEFAULT-VALUE} by default.")
    private int limit;

    @Option(names = "--after", paramLabel = "TOKEN", description = "The next page: what the page before ended with.")
    private @Nullable String after;

    private TimeWindow window = TimeWindow.WHOLE;

    /** Options for callers without a command line that have checked the values. */
    public static PageOptions of(int limit, @Nullable String after) {
        return of(limit, after, TimeWindow.WHOLE);
    }

    /** The same for the events of a part of a replay. */
    public static PageOptions of(int limit, @Nullable String after, TimeWindow window) {
        PageOptions options = new PageOptions();
        options.limit = limit;
        options.after = after;
        options.window = window;
        return options;
    }

    /** The same within a scope. */
    public static PageOptions of(ScopeOptions scope, int limit, @Nullable String after) {
        PageOptions options = of(limit, after);
        options.scope = scope;
        return options;
    }

    public List<String> problems(Cursor.Order order) {
        List<String> problems = new ArrayList<>(scope.problems());
        if (limit < 1 || limit > Filter.MAX_LIMIT) {
            problems.add("--limit " + limit + ": must be 1 to " + Filter.MAX_LIMIT);
        }
        if (after != null && Cursor.parse(after, order).isEmpty()) {
            problems.add("--after " + Words.cut(after, 80) + ": must be the token of a page of the same query");
        }
        return problems;
    }

    public Filter filter(Cursor.Order order, Clock clock) {
        return Filter.page(limit)
                .of(scope.organization())
                .in(scope.project())
                .since(window.since() == null ? scope.since(clock) : window.since())
                .until(window.until())
                .after(after == null ? null : Cursor.parse(after, order).orElse(null));
    }

    public boolean json() {
        return scope.json();
    }
}
