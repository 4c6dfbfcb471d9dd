package io.replaylinker.tools;

import io.replaylinker.embedded.EndsWithParent;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;

/** The deployed worker as a process of its own, with a folder for its settings and its log. */
public final class WorkerProcess implements AutoCloseable {

    private final Process process;
    private final Path folder;

    private WorkerProcess(Process process, Path folder) {
        this.process = process;
        this.folder = folder;
    }

    /** Starts it with that text as its settings. */
    public static WorkerProcess start(Path folder, String settings) throws IOException {
        return start(folder, settings, Map.of(), "run");
    }

    /** Starts another command, with its options. */
    public static WorkerProcess start(Path folder, String settings, String... command) throws IOException {
        return start(folder, settings, Map.of(), command);
    }

    /** The same with more variables in its environment. */
    public static WorkerProcess start(Path folder, String settings, Map<String, String> environment, String... command)
            throws IOException {
        Path file = Files.writeString(Files.createDirectories(folder).resolve("worker.properties"), settings);
        String classPath = System.getProperty("surefire.test.class.path", System.getProperty("java.class.path"));
        String java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
        List<String> commandLine = new ArrayList<>(List.of(
                java,
                "-Xmx512m",
                "-XX:TieredStopAtLevel=1",
                "-cp",
                classPath,
                EndsWithParent.class.getName(),
                Main.class.getName()));
        commandLine.addAll(List.of(command));
        commandLine.addAll(List.of("--config", file.toString()));
        ProcessBuilder builder = new ProcessBuilder(commandLine)
                .redirectErrorStream(true)
                .redirectOutput(folder.resolve("log").toFile());
        builder.environment().putAll(environment);
        return new WorkerProcess(builder.start(), folder);
    }

    static WorkerProcess start(Path folder, Map<String, String> settings) throws IOException {
        return start(folder, settings, Map.of());
    }

    /** The same with more variables in its environment. */
    public static WorkerProcess start(Path folder, Map<String, String> settings, Map<String, String> environment)
            throws IOException {
        return start(folder, text(settings), environment, "run");
    }

    /** Settings as the text of their file. */
    public static String text(Map<String, String> settings) {
        return settings.entrySet().stream()
                .map(setting -> setting.getKey() + "=" + setting.getValue())
                .collect(Collectors.joining("\n", "", "\n"));
    }

    public boolean isAlive() {
        return process.isAlive();
    }

    public String log() throws IOException {
        return Files.readString(folder.resolve("log"));
    }

    /** Asks it to end, as an operator does, and tells how it did: its exit code, or -1 if it did not end in time. */
    public int stop(Duration within) throws InterruptedException {
        // Not by the process itself, which would close its stdin as well and so end it in another way.
        process.toHandle().destroy();
        return awaitEnd(within);
    }

    /** Sends it the signal that {@link #stop} sends, and does not wait. */
    public void signal() {
        process.toHandle().destroy();
    }

    /** Waits until it ends by itself, or by what it was asked for: its exit code, or -1 if it did not end in time. */
    public int awaitEnd(Duration within) throws InterruptedException {
        return process.waitFor(within.toMillis(), TimeUnit.MILLISECONDS) ? process.exitValue() : -1;
    }

    /** Kills it on the spot, as {@code kill -9} does, and returns when it is gone. */
    public void kill() throws InterruptedException {
        process.destroyForcibly().waitFor();
    }

    @Override
    public void close() {
        process.destroyForcibly();
    }
}
