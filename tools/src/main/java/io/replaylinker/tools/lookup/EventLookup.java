package io.replaylinker.tools.lookup;

import io.replaylinker.clickhouse.query.IdPrefix;
import io.replaylinker.runtime.answer.EventQuestion;
import io.replaylinker.runtime.answer.Question;
import io.replaylinker.runtime.answer.ScopeOptions;
import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** The replay of an event, or the reason why it has none. */
@Command(name = "event", description = "The replay of an event, or the reason why it has none.")
final class EventLookup extends TablesQuestion {

    @Parameters(paramLabel = "ID", description = "The event's id, or its first 8 digits or more.")
    private String id = "";

    @Mixin
    private ScopeOptions options = new ScopeOptions();

    @Override
    protected List<String> ownProblems() {
        List<String> problems = new ArrayList<>();
        problems.addAll(IdArgument.problems("event", id));
        problems.addAll(options.problems());
        return problems;
    }

    @Override
    boolean json() {
        return options.json();
    }

    @Override
    Question<?> question() {
        IdPrefix prefix = IdPrefix.parse(id).orElseThrow();
        return new EventQuestion(prefix, options);
    }
}
