package io.replaylinker.embedded.library;

import io.replaylinker.embedded.PartUnavailableException;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Map;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** The folder for files that are fetched once and kept: {@code $REPLAY_LINKER_CACHE}, otherwise the user's cache folder. */
final class CacheFolder {

    static final String VARIABLE = "REPLAY_LINKER_CACHE";

    private static final long RETRY_MILLIS = 200;

    private final Path path;

    CacheFolder(Path path) {
        this.path = path.toAbsolutePath();
    }

    static CacheFolder from(Map<String, String> environment) {
        String own = environment.getOrDefault(VARIABLE, "");
        if (!own.isBlank()) {
            return new CacheFolder(Path.of(own));
        }
        String xdg = environment.getOrDefault("XDG_CACHE_HOME", "");
        Path users = xdg.isBlank() ? Path.of(System.getProperty("user.home"), ".cache") : Path.of(xdg);
        return new CacheFolder(users.resolve("replay-linker"));
    }

    Path resolve(Path relative) {
        return path.resolve(relative);
    }

    /** Creates the folder and checks that it is writable and has enough space. */
    void prepare(long bytesNeeded) {
        long usable;
        try {
            Files.createDirectories(path);
            if (!Files.isWritable(path)) {
                throw new IOException("read-only");
            }
            usable = Files.getFileStore(path).getUsableSpace();
        } catch (IOException e) {
            throw notWritable(e);
        }
        if (usable < bytesNeeded) {
            throw new PartUnavailableException("the cache folder " + path + " needs " + bytesNeeded / 1_000_000
                    + " MB and its disk has " + usable / 1_000_000 + " MB; free some space, or point " + VARIABLE
                    + " to another disk");
        }
    }

    /** Creates an empty folder inside the cache. It is on the same disk as the final location, so that a rename is atomic. */
    Path workFolder() throws IOException {
        return Files.createTempDirectory(path, "fetch-");
    }

    PartUnavailableException notWritable(IOException cause) {
        return new PartUnavailableException(
                "the cache folder " + path + " cannot be written (" + cause.getMessage() + "); mend its permissions,"
                        + " or point " + VARIABLE + " to another folder",
                cause);
    }

    /** Runs an action under a lock that excludes other processes and the other threads of this one. */
    void whileLocked(Consumer<String> progress, Action action) throws IOException, InterruptedException {
        try (FileChannel channel =
                FileChannel.open(path.resolve("lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE)) {
            boolean reported = false;
            while (tryLock(channel) == null) {
                if (!reported) {
                    progress.accept("waiting for another process that fetches the ClickHouse engine");
                    reported = true;
                }
                Thread.sleep(RETRY_MILLIS);
            }
            // Closing the channel releases the lock.
            action.run();
        }
    }

    private static @Nullable FileLock tryLock(FileChannel channel) throws IOException {
        try {
            return channel.tryLock();
        } catch (OverlappingFileLockException e) {
            return null;
        }
    }

    /** An action that runs under the lock. */
    interface Action {
        void run() throws IOException;
    }
}
