package io.replaylinker.embedded.library;

import io.replaylinker.embedded.PartUnavailableException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Optional;

/**
 * The npm packages with the ClickHouse engine as a shared library, one per platform, all of one version. The checksum is the registry's
 * {@code dist.integrity} of the tarball.
 */
enum EnginePackage {
    LINUX_X64(
            "@chdb/lib-linux-x64-gnu",
            "libchdb.so",
            "XP97mMqnc5tZpKQywR8N7cLTsHNiTmHr30pC5mzo3jWmukjKn2IBa60c2B/gWUNcuFjOMjWoorQICCqBVj5wpw=="),
    LINUX_ARM64("@chdb/lib-linux-arm64-gnu", "libchdb.so", ""),
    DARWIN_X64("@chdb/lib-darwin-x64", "libchdb.dylib", ""),
    DARWIN_ARM64("@chdb/lib-darwin-arm64", "libchdb.dylib", "");

    /** Engine 26.7.2.1. Versions up to 26.5 take over the JVM's signal handlers and crash it. */
    static final String VERSION = "26.7.3-stable.1";

    /** Two packed copies (npm's and the tarball) and one unpacked copy, rounded up. */
    static final long BYTES_NEEDED = 1_200_000_000L;

    private static final Path MUSL_LOADER_FOLDER = Path.of("/lib");

    private final String npmName;
    private final String libraryName;
    private final String sha512;

    EnginePackage(String npmName, String libraryName, String sha512) {
        this.npmName = npmName;
        this.libraryName = libraryName;
        this.sha512 = sha512;
    }

    /** @throws PartUnavailableException if there is no engine for this machine */
    static EnginePackage forThisMachine() {
        return of(System.getProperty("os.name"), System.getProperty("os.arch"), isMusl());
    }

    static EnginePackage of(String osName, String osArch, boolean musl) {
        String os = osName.toLowerCase(Locale.ROOT);
        boolean x64 = osArch.equals("amd64") || osArch.equals("x86_64");
        boolean arm64 = osArch.equals("aarch64") || osArch.equals("arm64");
        if (os.startsWith("linux") && !musl && (x64 || arm64)) {
            return x64 ? LINUX_X64 : LINUX_ARM64;
        }
        if (os.startsWith("mac") && (x64 || arm64)) {
            return x64 ? DARWIN_X64 : DARWIN_ARM64;
        }
        throw new PartUnavailableException("the embedded ClickHouse runs on Linux with glibc and on macOS, each on"
                + " x86-64 or arm64, and this is " + osName + (musl ? " with musl" : "") + " on " + osArch
                + "; use a real ClickHouse server, or Docker");
    }

    private static boolean isMusl() {
        return Files.exists(MUSL_LOADER_FOLDER.resolve("ld-musl-x86_64.so.1"))
                || Files.exists(MUSL_LOADER_FOLDER.resolve("ld-musl-aarch64.so.1"));
    }

    /** Package and version in npm's form. */
    String npmSpecification() {
        return npmName + "@" + VERSION;
    }

    /** The file name of the library, below {@code package/} in the tarball and in the cache. */
    String libraryName() {
        return libraryName;
    }

    /** The folder of this package's library below the cache folder. */
    Path cacheFolder() {
        return Path.of("engine", VERSION, name().toLowerCase(Locale.ROOT).replace('_', '-'));
    }

    /** The SHA-512 of the tarball in base64. Empty if not pinned: then npm's own check against the registry applies. */
    Optional<String> sha512() {
        return sha512.isEmpty() ? Optional.empty() : Optional.of(sha512);
    }
}
