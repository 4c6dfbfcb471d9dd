package io.replaylinker.mcp;

import io.replaylinker.runtime.cli.ConfigOption;
import io.replaylinker.runtime.cli.ConfiguredCommand;
import io.replaylinker.runtime.cli.ExitCodes;
import io.replaylinker.runtime.cli.Results;
import io.replaylinker.runtime.settings.Settings;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.time.Clock;
import picocli.CommandLine.Command;

/** Answers an assistant on standard input and output until the input ends. */
@Command(
        name = "mcp",
        description =
                "Answer an assistant by the Model Context Protocol on standard input and output: read-only tools for"
                        + " replays, traces, errors and issues in the tables. Assistants start it; see docs/mcp.md.")
public final class McpCommand extends ConfiguredCommand {

    @Override
    protected int run(ConfigOption config, Results results) throws IOException, InterruptedException {
        Settings settings = config.settingsWithoutKafka(System.getenv());
        // Not System.out, whose encoding is the machine's; and nothing but replies may be written there.
        System.setOut(System.err);
        try (OutputStream out = new FileOutputStream(FileDescriptor.out);
                Endpoint endpoint = McpRoutes.endpoint(settings, Clock.systemUTC())) {
            new StdioMessages(endpoint, out).answer(System.in);
        }
        return ExitCodes.OK;
    }
}
