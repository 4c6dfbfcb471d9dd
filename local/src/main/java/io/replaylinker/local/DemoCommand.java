package io.replaylinker.local;

import io.replaylinker.worker.cli.CheckedOptions;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Links a dump on this machine alone, with servers that live as long as the command. */
@Command(
        name = "demo",
        description = "Link a dump of the Sentry topics on this machine, with an embedded Kafka and ClickHouse.")
final class DemoCommand implements Callable<Integer>, CheckedOptions {

    private static final Path STANDARD_INPUT = Path.of("-");

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
        return problems;
    }

    @Override
    public Integer call() {
        return 0;
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
