package io.replaylinker.deploy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** The archive that the build made, unpacked somewhere else and started as its users start it. */
final class Distribution {

    private final Path home;

    private Distribution(Path home) {
        this.home = home;
    }

    static Distribution unpack(Path folder) throws IOException, InterruptedException {
        String archive = archive().toString();
        Process tar = new ProcessBuilder("tar", "xzf", archive)
                .directory(folder.toFile())
                .inheritIO()
                .start();
        if (tar.waitFor() != 0) {
            throw new IllegalStateException("tar cannot unpack " + archive);
        }
        return in(folder);
    }

    /** The one that was unpacked in that folder. */
    static Distribution in(Path folder) throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return new Distribution(files.filter(file -> Files.isDirectory(file.resolve("lib")))
                    .findFirst()
                    .orElseThrow());
        }
    }

    private static Path archive() throws IOException {
        try (Stream<Path> files = Files.list(Path.of("target"))) {
            return files.filter(file -> file.getFileName().toString().endsWith(".tar.gz"))
                    .findFirst()
                    .map(Path::toAbsolutePath)
                    .orElseThrow(() -> new IllegalStateException("no archive; mvn package makes it"));
        }
    }

    Path home() {
        return home;
    }

    /** Starts a command with its own log in that folder. */
    Running start(Path folder, String... arguments) throws IOException {
        return start(home.resolve("bin/replay-linker"), folder, arguments);
    }

    private static Running start(Path script, Path folder, String... arguments) throws IOException {
        Path log = Files.createDirectories(folder).resolve("log");
        ProcessBuilder builder = new ProcessBuilder(Stream.concat(Stream.of(script.toString()), Stream.of(arguments))
                .toList());
        builder.environment().put("REPLAY_LINKER_JAVA_OPTS", "-Xmx512m -XX:TieredStopAtLevel=1");
        builder.environment().put("REPLAY_LINKER_CACHE", folder.toString());
        return new Running(
                builder.redirectErrorStream(true).redirectOutput(log.toFile()).start(), log);
    }

    /** Runs a command to its end and tells what it printed. */
    String run(Path folder, String... arguments) throws IOException, InterruptedException {
        return run(home.resolve("bin/replay-linker"), folder, arguments);
    }

    static String run(Path script, Path folder, String... arguments) throws IOException, InterruptedException {
        try (Running command = start(script, folder, arguments)) {
            command.process.waitFor(1, TimeUnit.MINUTES);
            return command.log();
        }
    }

    record Running(Process process, Path file) implements AutoCloseable {

        String log() throws IOException {
            return Files.readString(file, StandardCharsets.UTF_8);
        }

        boolean isAlive() {
            return process.isAlive();
        }

        /** Asks it to end, as an operator does: its exit code, or -1 if it did not end in time. */
        int stop(Duration within) throws InterruptedException {
            process.destroy();
            return process.waitFor(within.toSeconds(), TimeUnit.SECONDS) ? process.exitValue() : -1;
        }

        @Override
        public void close() {
            process.destroyForcibly();
        }
    }
}
