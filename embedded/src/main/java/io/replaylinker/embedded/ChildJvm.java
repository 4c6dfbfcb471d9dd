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
 * A Java program in a child process that ends with this process. This process holds the other end of the child's stdin, and the operating
 * system closes that end however this process dies. The child's stderr goes to a file.
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
     * Starts a main class with the Java executable of this JVM.
     *
     * @param classPath of the child, in the form of {@code java -cp}
     * @param main a class that ends when its stdin ends; {@link EndsWithParent} adds this to any other main class
     * @param stderr file for the child's stderr
     * @throws IOException if the process cannot be started
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

    /** The jars or folders of these classes, as a minimal class path for a child. */
    public static String classPathOf(Class<?>... types) {
        return Arrays.stream(types)
                .map(type -> type.getProtectionDomain().getCodeSource().getLocation())
                .map(location -> Path.of(URI.create(location.toString())).toString())
                .distinct()
                .collect(Collectors.joining(File.pathSeparator));
    }

    /** Returns the child's next line, or null when it has closed its stdout. */
    public @Nullable String readLine() throws IOException {
        return stdout.readLine();
    }

    /** Reads and discards the rest of the child's stdout, so that the child does not block on its output. */
    public void discardOutput() {
        Thread reader = new Thread(
                () -> {
                    try {
                        stdout.transferTo(Writer.nullWriter());
                    } catch (IOException e) {
                        // The child has ended.
                    }
                },
                "child-" + pid() + "-stdout");
        reader.setDaemon(true);
        reader.start();
    }

    /** Returns whether the child is still running. */
    public boolean isAlive() {
        return process.isAlive();
    }

    /** The process id of the child. */
    public long pid() {
        return process.pid();
    }

    /** Kills the child at once, without letting it close anything, and returns when it has ended. */
    public void kill() throws InterruptedException {
        process.destroyForcibly().waitFor();
    }

    /** Closes the child's stdin, and kills the child if it does not end by itself. */
    @Override
    public void close() {
        try {
            process.getOutputStream().close();
            if (process.waitFor(TIMEOUT.toMillis(), TimeUnit.MILLISECONDS)) {
                return;
            }
        } catch (IOException e) {
            // The child has ended already, or will end.
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        process.destroyForcibly();
    }
}
