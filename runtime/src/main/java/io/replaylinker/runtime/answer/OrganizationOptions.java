package io.replaylinker.runtime.answer;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Options of a query that names one thing by its id: the organization, and the format of the answer. */
public final class OrganizationOptions {

    @Option(
            names = "--organization",
            paramLabel = "ID",
            description = "Only this organization; without it, all of them are searched.")
    private @Nullable String organization;

    @Option(names = "--json", description = "One JSON object instead of text.")
    private boolean json;

    /** Options for callers without a command line. */
    public static OrganizationOptions of(@Nullable Long organization) {
        OrganizationOptions options = new OrganizationOptions();
        options.organization = organization == null ? null : Long.toUnsignedString(organization);
        return options;
    }

    public List<String> problems() {
        List<String> problems = new ArrayList<>();
        ScopeOptions.checkNumber("--organization", organization, problems);
        return problems;
    }

    public @Nullable Long organization() {
        return organization == null ? null : Long.parseUnsignedLong(organization.strip());
    }

    public boolean json() {
        return json;
    }
}
