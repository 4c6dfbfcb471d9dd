package io.replaylinker.embedded;

import java.io.BufferedReader;
import java.io.File;
import java.io.IOException;
import java.io.Writer;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * A Java program in a process of its own that ends when this one does: it holds the other end of the child's stdin, and
 * the system closes that end however this process dies. The child's stderr goes to a file.
 */
public final class ChildJvm implements AutoCloseable {

    private static final Duration TIMEOUT = Duration.ofSeconds(5);

    private final Process process;
    private final BufferedReader stdout;

    private ChildJvm(Process process) {
        this.process = process;
        this.stdout = process.inputReader(StandardCharsets.UTF_8);
    }

    /**
     * Starts a main class on this JVM's own java.
     *
     * @param classPath of the child, as {@code java -cp} takes it
     * @param main ends when its stdin ends, as {@link EndsWithParent} does for any other main class
     * @param stderr the file that the child's stderr goes to
     * @throws IOException when the process cannot be started
     */
    public static ChildJvm start(
            List<String> jvmOptions, String classPath, Class<?> main, List<String> arguments, Path stderr)
            throws IOException {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(jvmOptions);
        command.add("-cp");
        command.add(classPath);
        command.add(main.getName());
        command.addAll(arguments);
        return new ChildJvm(
                new ProcessBuilder(command).redirectError(stderr.toFile()).start());
    }

    /** The jars or folders that these classes come from: a class path of what a child needs and no more. */
    public static String classPathOf(Class<?>... types) {
        return Arrays.stream(types)
                .map(type -> type.getProtectionDomain().getCodeSource().getLocation())
                .map(location -> Path.of(URI.create(location.toString())).toString())
                .distinct()
                .collect(Collectors.joining(File.pathSeparator));
    }

    /** The child's next line, null when it has closed its stdout. */
    public @Nullable String readLine() throws IOException {
        return stdout.readLine();
    }

    /** Reads the rest of the child's stdout and throws it away, so that a child that talks on does not stand still. */
    public void discardOutput() {
        Thread reader = new Thread(
                () -> {
                    try {
                        stdout.transferTo(Writer.nullWriter());
                    } catch (IOException e) {
                        // The child is gone.
                    }
                },
                "child-" + pid() + "-stdout");
        reader.setDaemon(true);
        reader.start();
    }

    /** Whether it has not ended yet. */
    public boolean isAlive() {
        return process.isAlive();
    }

    /** Id of the child's process. */
    public long pid() {
        return process.pid();
    }

    /** Kills it on the spot, without a chance to close anything, and returns when it is gone. */
    public void kill() throws InterruptedException {
        process.destroyForcibly().waitFor();
    }

    /** Closes the child's stdin, and kills it when it does not end by itself. */
    @Override
    public void close() {
        try {
            process.getOutputStream().close();
            if (process.waitFor(TIMEOUT.toMillis(), TimeUnit.MILLISECONDS)) {
                return;
            }
        } catch (IOException e) {
            // The child is gone already, or will be.
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        process.destroyForcibly();
    }
}
