package io.replaylinker.tools.lookup;

import io.replaylinker.clickhouse.query.IssueCriteria;
import io.replaylinker.runtime.answer.IssuesQuestion;
import io.replaylinker.runtime.answer.Question;
import io.replaylinker.runtime.answer.ScopeOptions;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Searches issues by text, by type, or by a function and file on the stack. */
@Command(
        name = "issues",
        description =
                "Search issues by text, by type, or by a function and file on the stack: the ten newest, each with"
                        + " whether a replay shows it.")
public final class IssuesCommand extends TablesQuestion {

    @Option(
            names = "--text",
            paramLabel = "TEXT",
            description = "Part of the message, type or culprit, in any case; the last 90 days.")
    private @Nullable String text;

    @Option(
            names = "--type",
            paramLabel = "TYPE",
            description = "The exact type of the error, such as TypeError; the last 90 days.")
    private @Nullable String type;

    @Option(
            names = "--function",
            paramLabel = "NAME",
            description = "The exact name of a function on the stack; the last 28 days.")
    private @Nullable String function;

    @Option(
            names = "--file",
            paramLabel = "PATH",
            description =
                    "A file on the stack: its path in the repository, which frames may have without the first one or"
                            + " two folders; the last 28 days.")
    private @Nullable String file;

    @Mixin
    private ScopeOptions options = new ScopeOptions();

    @Override
    protected List<String> ownProblems() {
        List<String> problems = new ArrayList<>();
        if (!IssueCriteria.isOne(text, type, function, file)) {
            problems.add("give one of --text, --type, or --function with or without --file");
        }
        Stream.of(text, type, function, file)
                .filter(given -> given != null && !IssueCriteria.fits(given))
                .forEach(given -> problems.add("what is searched for has " + IssueCriteria.SHORTEST + " to "
                        + IssueCriteria.LONGEST + " characters"));
        problems.addAll(options.problems());
        return problems;
    }

    @Override
    boolean json() {
        return options.json();
    }

    @Override
    Question<?> question() {
        return new IssuesQuestion(new IssueCriteria(text, type, function, file), options);
    }
}
