package io.replaylinker.embedded.library;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.replaylinker.embedded.PartUnavailableException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Each way in which the engine cannot be had, tried for real, with a npm of our own where npm must misbehave. */
class EngineLibraryIT {

    @TempDir
    private Path folder;

    @Test
    void shouldReportThatNpmIsMissing() {
        assertFails(environment(folder.resolve("no-such-folder")), "npm is not on the PATH", "install Node.js");
    }

    @Test
    void shouldReportThatTheCacheFolderCannotBeWritten() throws IOException {
        Path file = Files.writeString(folder.resolve("a-file"), "in the way");
        Map<String, String> environment = environment(folder);
        environment.put("REPLAY_LINKER_CACHE", file.resolve("cache").toString());

        assertFails(environment, file.toString(), "cannot be written", "REPLAY_LINKER_CACHE");
    }

    @Test
    void shouldReportThatTheRegistryCannotBeReached() {
        Map<String, String> environment = new HashMap<>(System.getenv());
        environment.put("REPLAY_LINKER_CACHE", folder.resolve("cache").toString());
        environment.put("npm_config_registry", "http://127.0.0.1:1/");
        environment.put("npm_config_fetch_retries", "0");

        assertFails(environment, "npm cannot reach its registry", "check the network");
    }

    @Test
    void shouldKeepNothingOfAPackageWithAWrongChecksum() throws IOException {
        Path npm = npm("echo forged > chdb-lib.tgz");

        assertFails(environment(npm), "checksum", "is wrong", "nothing was kept");

        try (var left = Files.walk(folder.resolve("cache"))) {
            assertThat(left.filter(Files::isRegularFile)
                            .map(path -> path.getFileName().toString()))
                    .containsExactly("lock");
        }
    }

    @Test
    void shouldPassOnWhyNpmFailed() throws IOException {
        Path npm = npm("echo 'npm error code E404'; echo 'npm error 404 Not Found'; exit 1");

        assertFails(environment(npm), "npm error 404 Not Found", "try it by hand");
    }

    @Test
    void shouldReportThatTheDiskIsFull() throws IOException {
        Path npm = npm("echo 'npm error code ENOSPC'; exit 1");

        assertFails(environment(npm), "disk is full", "REPLAY_LINKER_CACHE");
    }

    @Test
    void shouldReportThatTheCacheHasTooLittleRoom() {
        CacheFolder cache = new CacheFolder(folder);

        assertThatThrownBy(() -> cache.prepare(Long.MAX_VALUE))
                .isInstanceOf(PartUnavailableException.class)
                .hasMessageContaining("free some space");
    }

    @Test
    void shouldReportThatANamedLibraryIsMissing() {
        Map<String, String> environment = environment(folder);
        environment.put(
                "REPLAY_LINKER_ENGINE_LIBRARY", folder.resolve("nothing.so").toString());

        assertFails(environment, "REPLAY_LINKER_ENGINE_LIBRARY", "nothing.so");
    }

    @Test
    void shouldFetchOnceForSeveralAtATime() throws Exception {
        // An unpinned package, so that a tarball of our own is taken.
        Path npm = npm("echo run >> " + folder.resolve("runs") + "\nsleep 0.5\nmkdir package\n"
                + "echo engine > package/libchdb.dylib\ntar czf engine.tgz package\n");
        Map<String, String> environment = new HashMap<>(System.getenv());
        environment.put("PATH", npm + ":" + System.getenv("PATH"));
        List<Callable<Path>> callers = new ArrayList<>();
        for (int caller = 0; caller < 3; caller++) {
            callers.add(() -> new EngineLibrary(
                            EnginePackage.DARWIN_ARM64,
                            new CacheFolder(folder.resolve("cache")),
                            new NpmPack(environment))
                    .locate(line -> {}));
        }
        ExecutorService threads = Executors.newFixedThreadPool(callers.size());

        List<Future<Path>> found = threads.invokeAll(callers);

        threads.shutdown();
        for (Future<Path> path : found) {
            assertThat(path.get()).hasContent("engine");
        }
        assertThat(folder.resolve("runs")).hasContent("run");
    }

    private static void assertFails(Map<String, String> environment, String... parts) {
        assertThatThrownBy(() -> EngineLibrary.locate(environment, line -> {}))
                .isInstanceOf(PartUnavailableException.class)
                .message()
                .contains(parts)
                .hasLineCount(1);
    }

    private Map<String, String> environment(Path npmFolder) {
        Map<String, String> environment = new HashMap<>();
        environment.put("PATH", npmFolder.toString());
        environment.put("REPLAY_LINKER_CACHE", folder.resolve("cache").toString());
        return environment;
    }

    private Path npm(String script) throws IOException {
        Path bin = Files.createDirectories(folder.resolve("bin"));
        Path npm = Files.writeString(bin.resolve("npm"), "#!/bin/sh\n" + script + "\n", StandardCharsets.UTF_8);
        Files.setPosixFilePermissions(npm, PosixFilePermissions.fromString("rwxr-xr-x"));
        return bin;
    }
}
