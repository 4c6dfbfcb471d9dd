package io.replaylinker.embedded.library;

import io.replaylinker.embedded.PartUnavailableException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Comparator;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.stream.Stream;

/**
 * The ClickHouse engine as a shared library on this machine. The first use fetches it with npm into the cache folder (166 MB to fetch, 560
 * MB kept). Later uses find it there.
 */
public final class EngineLibrary {

    /** Environment variable with the path of a libchdb to use; nothing is fetched then. */
    public static final String LIBRARY_VARIABLE = "REPLAY_LINKER_ENGINE_LIBRARY";

    private final EnginePackage enginePackage;
    private final CacheFolder cache;
    private final NpmPack npm;

    EngineLibrary(EnginePackage enginePackage, CacheFolder cache, NpmPack npm) {
        this.enginePackage = enginePackage;
        this.cache = cache;
        this.npm = npm;
    }

    /**
     * Returns the library's path and fetches the library if it is missing. Several processes may call this at once: one fetches, the others
     * wait.
     *
     * @param environment {@code System.getenv()}: uses {@code REPLAY_LINKER_CACHE}, {@code XDG_CACHE_HOME}, {@code PATH} and npm's own
     *     variables
     * @param progress receives progress messages, one line each, during a fetch
     * @throws PartUnavailableException with a one-line reason and remedy
     */
    public static Path locate(Map<String, String> environment, Consumer<String> progress) {
        String own = environment.getOrDefault(LIBRARY_VARIABLE, "");
        if (own.isBlank()) {
            return new EngineLibrary(
                            EnginePackage.forThisMachine(), CacheFolder.from(environment), new NpmPack(environment))
                    .locate(progress);
        }
        Path library = Path.of(own);
        if (!Files.isReadable(library)) {
            throw new PartUnavailableException(LIBRARY_VARIABLE + " names " + own + ", which cannot be read;"
                    + " correct it, or unset it to have the library fetched");
        }
        return library;
    }

    Path locate(Consumer<String> progress) {
        Path library = cache.resolve(enginePackage.cacheFolder()).resolve(enginePackage.libraryName());
        if (Files.isReadable(library)) {
            return library;
        }
        cache.prepare(EnginePackage.BYTES_NEEDED);
        try {
            cache.whileLocked(progress, () -> {
                if (!Files.isReadable(library)) {
                    fetch(library, progress);
                }
            });
        } catch (IOException e) {
            throw cache.notWritable(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new PartUnavailableException("interrupted while waiting for the ClickHouse engine", e);
        }
        return library;
    }

    private void fetch(Path library, Consumer<String> progress) throws IOException {
        Path folder = cache.workFolder();
        try {
            progress.accept("fetching the ClickHouse engine with npm, once: " + enginePackage.npmSpecification());
            LibraryTarball tarball = new LibraryTarball(npm.fetch(enginePackage.npmSpecification(), folder, progress));
            verify(tarball);
            Path home = Files.createDirectories(cache.resolve(enginePackage.cacheFolder()));
            progress.accept("unpacking the ClickHouse engine into " + home);
            Path unpacked = folder.resolve(enginePackage.libraryName());
            tarball.extract("package/" + enginePackage.libraryName(), unpacked);
            Files.move(unpacked, library, StandardCopyOption.ATOMIC_MOVE);
        } finally {
            delete(folder);
        }
    }

    private void verify(LibraryTarball tarball) throws IOException {
        Optional<String> pinned = enginePackage.sha512();
        String actual = tarball.sha512();
        if (pinned.isPresent() && !pinned.get().equals(actual)) {
            throw new PartUnavailableException("the checksum of " + enginePackage.npmSpecification()
                    + " is wrong (sha512-" + actual + " instead of sha512-" + pinned.get()
                    + "); nothing was kept, so look at what npm's registry setting points to and try again");
        }
    }

    private static void delete(Path folder) throws IOException {
        try (Stream<Path> paths = Files.walk(folder)) {
            for (Path path : paths.sorted(Comparator.reverseOrder()).toList()) {
                Files.deleteIfExists(path);
            }
        }
    }
}
