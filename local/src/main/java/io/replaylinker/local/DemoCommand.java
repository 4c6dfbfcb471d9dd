package io.replaylinker.local;

import io.replaylinker.runtime.cli.CacheFolder;
import io.replaylinker.runtime.cli.CheckedOptions;
import io.replaylinker.runtime.cli.CommandLogs;
import io.replaylinker.runtime.cli.ExitCodes;
import io.replaylinker.runtime.cli.StallTimeout;
import io.replaylinker.runtime.cli.StopSignal;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Links a dump on this machine alone, with servers that run as long as the command. */
@Command(
        name = "demo",
        description = "Link a dump of the Sentry topics on this machine, with an embedded Kafka and ClickHouse.",
        exitCodeListHeading = "%nExit codes:%n",
        exitCodeList = {
            "0:all of the dump was read, and linked as far as it can be; with --serve, stopped after that",
            "1:it could not be done, or lines of the dump are no records; the message says which",
            "2:the command line is wrong",
            "130:stopped before the end"
        })
final class DemoCommand implements Callable<Integer>, CheckedOptions {

    private static final Duration STANDSTILL = Duration.ofSeconds(60);
    private static final Duration LOOK_EVERY = Duration.ofSeconds(1);
    private static final Path STANDARD_INPUT = Path.of("-");
    private static final int DEFAULT_PORT = 8080;
    private static final int MAX_PORT = 65_535;
    private static final Pattern ID_OR_PREFIX = Pattern.compile("[0-9a-f]{8,32}");

    @Option(
            names = {"-i", "--input"},
            paramLabel = "FILE",
            description =
                    "Dump as 'kcat -C -J' writes it, one JSON object a line; - is standard input. May be given several"
                            + " times. Without it: a bundled sample of a small shop.")
    private List<Path> inputs = new ArrayList<>();

    @Option(
            names = {"-o", "--out"},
            paramLabel = "FILE",
            description = "Also write the links as tab-separated values, sorted by event id.")
    private @Nullable Path out;

    @Option(
            names = "--why",
            paramLabel = "EVENT_ID",
            description =
                    "Say why this event has a link or none: what it claimed, what was seen, what is missing. The first"
                            + " eight characters of the id are enough. May be given several times.")
    private List<String> prefixes = new ArrayList<>();

    @Option(
            names = "--serve",
            description =
                    "Stay with the status page on this machine, and Kafka and ClickHouse behind it, until Ctrl-C.")
    private boolean serve;

    @Option(
            names = "--port",
            paramLabel = "PORT",
            description =
                    "Port of the status page; 0 for any that is free, " + DEFAULT_PORT + " where it is not given.")
    private @Nullable Integer port;

    @Spec
    private @Nullable CommandSpec spec;

    @Override
    public List<String> problems() {
        List<String> problems = new ArrayList<>();
        inputs.stream()
                .filter(input -> !input.equals(STANDARD_INPUT))
                .filter(input -> !isReadableFile(input))
                .forEach(input -> problems.add("--input " + input + ": " + whyUnreadable(input)));
        if (inputs.stream().filter(STANDARD_INPUT::equals).count() > 1) {
            problems.add("--input -: standard input can be read only once");
        }
        if (out != null) {
            checkOut(out, problems);
        }
        prefixes.stream()
                .filter(id -> !ID_OR_PREFIX.matcher(plain(id)).matches())
                .forEach(id -> problems.add(
                        "--why " + Text.cut(id, 80) + ": no event id, nor its first 8 characters or more"));
        if (port != null && !serve) {
            problems.add("--port " + port + ": is that of the status page, which --serve asks for");
        }
        if (port != null && (port < 0 || port > MAX_PORT)) {
            problems.add("--port " + port + ": must be 0 to " + MAX_PORT);
        }
        return problems;
    }

    @Override
    public Integer call() throws InterruptedException {
        CommandLogs.toFile("demo", CacheFolder.of(System.getenv()));
        PrintWriter err = commandLine().getErr();
        try (StopSignal stop = StopSignal.install(ExitCodes.INTERRUPTED)) {
            Demo demo = new Demo(
                    dumps(),
                    prefixes.stream().map(DemoCommand::plain).toList(),
                    new StallTimeout(STANDSTILL, stop::isRequested),
                    new Progress(err));
            if (!serve) {
                return report(demo.run(), err);
            }
            demo.serve(port == null ? DEFAULT_PORT : port, (url, outcome) -> {
                int exitCode = report(outcome, err);
                err.println(served(url));
                err.flush();
                stop.endsWith(exitCode);
                while (!stop.await(LOOK_EVERY)) {
                    // A demo that serves the page ends by a signal only.
                }
            });
            return ExitCodes.OK;
        }
    }

    /** The last line of a demo that serves the page. */
    static String served(String url) {
        return "Status page: " + url + " (Ctrl-C ends it, with Kafka and ClickHouse)";
    }

    /** Prints and writes the outcome. */
    private int report(Outcome outcome, PrintWriter err) {
        if (out != null) {
            LinksFile.write(out, outcome.links());
        }
        commandLine().getOut().println(new OutcomeReport(outcome, Paint.automatic()).text());
        commandLine().getOut().flush();
        return complain(outcome.input(), err);
    }

    private static String plain(String id) {
        return id.strip().replace("-", "").toLowerCase(Locale.ROOT);
    }

    private List<DumpSource> dumps() {
        return inputs.isEmpty()
                ? List.of(DumpSource.sample())
                : inputs.stream()
                        .map(input -> input.equals(STANDARD_INPUT) ? DumpSource.standardInput() : DumpSource.of(input))
                        .toList();
    }

    /** The links are right as far as they go, but a script has to learn that a part of its input was not valid. */
    private static int complain(DumpLoad input, PrintWriter err) {
        input.ignored()
                .forEach((topic, records) -> err.println(
                        "not read: %s of topic %s".formatted(Text.count(records, "record"), Text.cut(topic, 80))));
        input.problems().forEach(err::println);
        if (input.problemCount() > input.problems().size()) {
            err.println("... and %d more lines that are no records"
                    .formatted(input.problemCount() - input.problems().size()));
        }
        return input.problemCount() == 0 ? ExitCodes.OK : ExitCodes.FAILURE;
    }

    private CommandLine commandLine() {
        if (spec == null) {
            throw new IllegalStateException("called without picocli");
        }
        return spec.commandLine();
    }

    /** A named pipe is readable too, so that {@code --input <(kcat ...)} works. */
    private static boolean isReadableFile(Path file) {
        return Files.isReadable(file) && !Files.isDirectory(file);
    }

    private static String whyUnreadable(Path file) {
        if (Files.isDirectory(file)) {
            return "is a folder";
        }
        return Files.exists(file) ? "cannot be read" : "no such file";
    }

    private static void checkOut(Path out, List<String> problems) {
        Path folder = out.toAbsolutePath().getParent();
        if (Files.isDirectory(out)) {
            problems.add("--out " + out + ": is a folder");
        } else if (folder == null || !Files.isDirectory(folder)) {
            problems.add("--out " + out + ": there is no folder " + folder);
        } else if (!Files.isWritable(folder)) {
            problems.add("--out " + out + ": the folder " + folder + " cannot be written to");
        }
    }
}
