package io.replaylinker.local;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Assumptions;

/**
 * Programs from npm that tests run, in the versions of {@code src/test/node/package.json}, installed into the build's folder. A machine
 * without npm skips the tests and says so.
 */
final class NodePackages {

    private static final Path SOURCES = Path.of("src", "test", "node");
    private static final Path FOLDER = Path.of("target", "node").toAbsolutePath();
    private static final long NPM_SECONDS = 180;
    private static final long PROGRAM_SECONDS = 60;

    private NodePackages() {}

    /** What a program said, both streams, and how it ended. */
    record Ended(int code, String output) {}

    static void install() {
        try {
            Files.createDirectories(FOLDER);
            for (String file : List.of("package.json", "client.mjs")) {
                Files.copy(SOURCES.resolve(file), FOLDER.resolve(file), StandardCopyOption.REPLACE_EXISTING);
            }
            if (!Files.exists(FOLDER.resolve("node_modules/.package-lock.json"))) {
                Ended npm = run(
                        NPM_SECONDS,
                        "npm",
                        "install",
                        "--ignore-scripts",
                        "--no-audit",
                        "--no-fund",
                        "--no-package-lock");
                if (npm.code() != 0) {
                    throw new IOException("npm install failed: " + npm.output());
                }
            }
        } catch (IOException e) {
            Assumptions.abort("the protocol's own suite and client are not run here: " + e.getMessage()
                    + "; install Node.js 20 or newer with npm");
        }
    }

    static Ended node(String... arguments) throws IOException {
        List<String> command = new ArrayList<>(List.of("node"));
        command.addAll(List.of(arguments));
        return run(PROGRAM_SECONDS, command.toArray(String[]::new));
    }

    private static Ended run(long seconds, String... command) throws IOException {
        Path log = Files.createTempFile(FOLDER, "out", ".log");
        Process process = new ProcessBuilder(command)
                .directory(FOLDER.toFile())
                .redirectErrorStream(true)
                .redirectOutput(log.toFile())
                .start();
        try {
            if (!process.waitFor(seconds, TimeUnit.SECONDS)) {
                throw new IOException(String.join(" ", command) + " takes more than " + seconds + " s");
            }
            return new Ended(process.exitValue(), Files.readString(log, StandardCharsets.UTF_8));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted", e);
        } finally {
            process.destroy();
            Files.deleteIfExists(log);
        }
    }
}
