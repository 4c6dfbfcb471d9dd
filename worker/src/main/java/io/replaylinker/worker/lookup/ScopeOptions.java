package io.replaylinker.worker.lookup;

import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** What narrows any question: organization, project, time; and the form of the answer. */
final class ScopeOptions {

    @Option(
            names = "--organization",
            paramLabel = "ID",
            description = "Only this organization; without it, all of them are searched.")
    private @Nullable String organization;

    @Option(names = "--project", paramLabel = "ID", description = "Only this project.")
    private @Nullable String project;

    @Option(
            names = "--since",
            paramLabel = "TIME",
            description =
                    "Nothing before it: 7d, 12h, 30m ago, a day as 2026-10-05, or a time as 2026-10-05T09:00:00Z.")
    private @Nullable String since;

    @Option(names = "--json", description = "One JSON object instead of text.")
    private boolean json;

    List<String> problems() {
        List<String> problems = new ArrayList<>();
        checkNumber("--organization", organization, problems);
        checkNumber("--project", project, problems);
        Since.check("--since", since, problems);
        return problems;
    }

    @Nullable Long organization() {
        return organization == null ? null : Long.parseUnsignedLong(organization.strip());
    }

    @Nullable Long project() {
        return project == null ? null : Long.parseUnsignedLong(project.strip());
    }

    @Nullable Instant since(Clock clock) {
        return since == null ? null : Since.parse(since, clock).orElse(null);
    }

    boolean json() {
        return json;
    }

    static void checkNumber(String name, @Nullable String text, List<String> problems) {
        if (text == null) {
            return;
        }
        try {
            Long.parseUnsignedLong(text.strip());
        } catch (NumberFormatException e) {
            problems.add(name + " " + Words.cut(text, 80) + ": must be a number");
        }
    }
}
