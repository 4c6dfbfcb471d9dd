package io.replaylinker.tools;

import io.replaylinker.mcp.McpCommand;
import io.replaylinker.mcp.McpRoutes;
import io.replaylinker.tools.check.CheckCommand;
import io.replaylinker.tools.deadletter.DlqCommand;
import io.replaylinker.tools.lookup.CoverageCommand;
import io.replaylinker.tools.lookup.ErrorCommand;
import io.replaylinker.tools.lookup.IssuesCommand;
import io.replaylinker.tools.lookup.LookupCommand;
import io.replaylinker.tools.lookup.ServicesCommand;
import io.replaylinker.tools.lookup.SpansCommand;
import io.replaylinker.tools.lookup.TraceCommand;
import io.replaylinker.tools.lookup.WhyCommand;
import io.replaylinker.tools.reprocess.ReprocessCommand;
import io.replaylinker.worker.RunCommand;
import java.util.concurrent.Callable;
import org.apache.kafka.common.utils.AppInfoParser;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.IVersionProvider;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** The command at the root; all work is in its subcommands. */
@Command(
        name = "replay-linker",
        versionProvider = ReplayLinkerCommand.Version.class,
        description = "Links session replays to backend events.",
        synopsisSubcommandLabel = "COMMAND",
        exitCodeListHeading = "%nExit codes:%n",
        exitCodeList = {
            "0:success",
            "1:failure; the message gives the reason",
            "2:the command line or the settings are invalid; every mistake is listed",
            "3:not found (lookup, why, trace, error, spans, issues, services, dlq show)",
            "4:several ids have this prefix; they are listed (lookup, why, trace, error, spans)"
        },
        footerHeading = "%nLogs:%n",
        footer = {
            "run logs to the console: REPLAY_LINKER_LOG_FORMAT is text or json,",
            "REPLAY_LINKER_LOG_LEVEL error, warn, info, debug or trace.",
            "Every other command logs to a file of its own in",
            "~/.cache/replay-linker/logs (REPLAY_LINKER_CACHE moves that folder)."
        })
public final class ReplayLinkerCommand implements Callable<Integer> {

    @Spec
    private @Nullable CommandSpec spec;

    @Option(
            names = {"-h", "--help"},
            usageHelp = true,
            scope = CommandLine.ScopeType.INHERIT,
            description = "Show this help and exit.")
    @SuppressWarnings("UnusedVariable") // picocli acts on it
    private boolean help;

    @Option(
            names = {"-V", "--version"},
            versionHelp = true,
            description = "Show the versions of the program and what it runs on, and exit.")
    @SuppressWarnings("UnusedVariable") // picocli acts on it
    private boolean version;

    private ReplayLinkerCommand() {}

    /**
     * The worker's command line.
     *
     * @param before commands of others, shown before the worker's own
     */
    public static CommandLine commandLine(Object... before) {
        CommandLine root = new CommandLine(new ReplayLinkerCommand());
        for (Object command : before) {
            root.addSubcommand(command);
        }
        return root.addSubcommand(new RunCommand(McpRoutes::of))
                .addSubcommand(new CheckCommand())
                .addSubcommand(new ConfigCommand())
                .addSubcommand(new TopologyCommand())
                .addSubcommand(new TablesCommand())
                .addSubcommand(new ResetCommand())
                .addSubcommand(LookupCommand.commandLine())
                .addSubcommand(new CoverageCommand())
                .addSubcommand(new WhyCommand())
                .addSubcommand(new TraceCommand())
                .addSubcommand(new ErrorCommand())
                .addSubcommand(new SpansCommand())
                .addSubcommand(new IssuesCommand())
                .addSubcommand(new ServicesCommand())
                .addSubcommand(new McpCommand())
                .addSubcommand(new ReprocessCommand())
                .addSubcommand(DlqCommand.commandLine());
    }

    @Override
    public Integer call() {
        throw new CommandLine.ParameterException(commandLineOfThis(), "No command given.");
    }

    private CommandLine commandLineOfThis() {
        if (spec == null) {
            throw new IllegalStateException("called without picocli");
        }
        return spec.commandLine();
    }

    static final class Version implements IVersionProvider {

        @Override
        public String[] getVersion() {
            String own = ReplayLinkerCommand.class.getPackage().getImplementationVersion();
            return new String[] {
                "replay-linker " + (own == null ? "(not packaged)" : own),
                "Java " + Runtime.version() + ", Kafka " + AppInfoParser.getVersion()
            };
        }
    }
}
