package io.replaylinker.runtime.cli;

import java.nio.file.Path;
import java.util.Map;

/** Directory of logs and downloads: {@code REPLAY_LINKER_CACHE}, else the usual cache directory of the system. */
public final class CacheFolder {

    private CacheFolder() {}

    public static Path of(Map<String, String> environment) {
        String own = environment.getOrDefault("REPLAY_LINKER_CACHE", "");
        if (!own.isBlank()) {
            return Path.of(own);
        }
        String caches = environment.getOrDefault("XDG_CACHE_HOME", "");
        return caches.isBlank()
                ? Path.of(System.getProperty("user.home"), ".cache", "replay-linker")
                : Path.of(caches, "replay-linker");
    }
}
