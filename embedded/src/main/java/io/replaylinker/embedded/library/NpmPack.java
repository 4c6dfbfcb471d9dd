package io.replaylinker.embedded.library;

import io.replaylinker.embedded.PartUnavailableException;
import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.stream.Stream;

/** Fetches a package's tarball with {@code npm pack}, so that the user's npm settings (registry, proxy, certificates) apply. */
final class NpmPack {

    private static final long REPORT_EVERY_MILLIS = 500;
    private static final long MEGABYTE = 1_000_000;
    private static final List<String> NETWORK_ERRORS =
            List.of("ENOTFOUND", "EAI_AGAIN", "ECONNREFUSED", "ECONNRESET", "ETIMEDOUT", "ENETUNREACH", "EHOSTUNREACH");

    private final Map<String, String> environment;

    /** @param environment of npm; {@code PATH} locates npm */
    NpmPack(Map<String, String> environment) {
        this.environment = environment;
    }

    /**
     * Fetches the tarball into a folder. npm's cache is in the same folder, so that nothing is left elsewhere.
     *
     * @param folder an existing, empty folder
     * @return the tarball
     */
    Path fetch(String specification, Path folder, Consumer<String> progress) throws IOException {
        Path log = folder.resolve("npm.log");
        ProcessBuilder builder = new ProcessBuilder(
                        npm().toString(),
                        "pack",
                        specification,
                        "--cache",
                        folder.resolve("cache").toString())
                .directory(folder.toFile())
                .redirectErrorStream(true)
                .redirectInput(new File("/dev/null"))
                .redirectOutput(log.toFile());
        builder.environment().clear();
        builder.environment().putAll(environment);
        int exitCode = await(builder.start(), folder, progress);
        if (exitCode != 0) {
            throw failure(specification, exitCode, Files.readString(log, StandardCharsets.UTF_8));
        }
        return tarball(specification, folder);
    }

    private Path npm() {
        for (String folder : environment.getOrDefault("PATH", "").split(File.pathSeparator, -1)) {
            Path candidate = Path.of(folder, "npm");
            if (!folder.isEmpty() && Files.isExecutable(candidate)) {
                return candidate;
            }
        }
        throw new PartUnavailableException("npm is not on the PATH, and the embedded ClickHouse is fetched with it;"
                + " install Node.js with npm, or name a libchdb that you have in " + EngineLibrary.LIBRARY_VARIABLE);
    }

    private static int await(Process npm, Path folder, Consumer<String> progress) {
        try {
            long reported = 0;
            while (!npm.waitFor(REPORT_EVERY_MILLIS, TimeUnit.MILLISECONDS)) {
                // npm stores the package in its cache before it packs it, so the folder grows to twice the package's
                // size.
                long megabytes = bytesIn(folder) / MEGABYTE;
                if (megabytes != reported) {
                    reported = megabytes;
                    progress.accept(
                            "fetching the ClickHouse engine with npm: " + megabytes + " MB in its cache folder");
                }
            }
            return npm.exitValue();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new PartUnavailableException("interrupted while npm fetched the ClickHouse engine", e);
        } finally {
            npm.destroy();
        }
    }

    private static long bytesIn(Path folder) {
        try (Stream<Path> files = Files.walk(folder)) {
            return files.mapToLong(file -> file.toFile().length()).sum();
        } catch (IOException | UncheckedIOException e) {
            // npm moves its files during the scan. The next scan counts again.
            return 0;
        }
    }

    private static PartUnavailableException failure(String specification, int exitCode, String log) {
        if (NETWORK_ERRORS.stream().anyMatch(log::contains)) {
            return new PartUnavailableException("npm cannot reach its registry to fetch " + specification
                    + "; check the network and npm's proxy settings, or name a libchdb that you have in "
                    + EngineLibrary.LIBRARY_VARIABLE);
        }
        if (log.contains("ENOSPC")) {
            return new PartUnavailableException("the disk is full while npm fetches " + specification
                    + "; free some space, or point " + CacheFolder.VARIABLE + " to another disk");
        }
        String reason = log.lines()
                .filter(line -> line.startsWith("npm error") || line.startsWith("npm ERR!"))
                .filter(line -> !line.contains(" code "))
                .findFirst()
                .orElse("exit code " + exitCode);
        return new PartUnavailableException(
                "npm pack " + specification + " failed (" + reason + "); try it by hand and see what npm says");
    }

    private static Path tarball(String specification, Path folder) throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.filter(file -> file.toString().endsWith(".tgz"))
                    .findFirst()
                    .orElseThrow(() -> new PartUnavailableException(
                            "npm pack " + specification + " left no tarball; try it by hand and see what npm says"));
        }
    }
}
