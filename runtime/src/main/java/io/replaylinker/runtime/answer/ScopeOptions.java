package io.replaylinker.runtime.answer;

import io.replaylinker.runtime.cli.Since;
import io.replaylinker.runtime.cli.Words;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Filters of any query: organization, project, time; and the format of the answer. */
public final class ScopeOptions {

    @Mixin
    private OrganizationOptions organization = new OrganizationOptions();

    @Option(names = "--project", paramLabel = "ID", description = "Only this project.")
    private @Nullable String project;

    @Option(
            names = "--since",
            paramLabel = "TIME",
            description =
                    "Nothing before it: 7d, 12h, 30m ago, a day as 2026-10-05, or a time as 2026-10-05T09:00:00Z.")
    private @Nullable String since;

    /**
     * Options for callers without a command line that have checked the values.
     *
     * @param since as {@link Since#parse} reads it; null for all that is kept
     */
    public static ScopeOptions of(@Nullable Long organization, @Nullable Long project, @Nullable String since) {
        ScopeOptions options = new ScopeOptions();
        options.organization = OrganizationOptions.of(organization);
        options.project = project == null ? null : Long.toUnsignedString(project);
        options.since = since;
        return options;
    }

    public List<String> problems() {
        List<String> problems = new ArrayList<>(organization.problems());
        checkNumber("--project", project, problems);
        Since.check("--since", since, problems);
        return problems;
    }

    public @Nullable Long organization() {
        return organization.organization();
    }

    public @Nullable Long project() {
        return project == null ? null : Long.parseUnsignedLong(project.strip());
    }

    public @Nullable Instant since(Clock clock) {
        return since == null ? null : Since.parse(since, clock).orElse(null);
    }

    public boolean json() {
        return organization.json();
    }

    public static void checkNumber(String name, @Nullable String text, List<String> problems) {
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
