package io.replaylinker.worker.http;

import java.net.InetAddress;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The names under which a server on the loopback interface may be addressed. A page on the internet can have its own name resolve to
 * 127.0.0.1 and make its reader's browser send requests to this server (DNS rebinding); the Host header then still has the page's name.
 */
final class AllowedHosts {

    private static final Set<String> LOOPBACK = Set.of("localhost", "127.0.0.1", "[::1]", "::1");

    private final boolean any;
    private final String bound;

    /** On other interfaces clients use names that the worker cannot know. */
    AllowedHosts(InetAddress bound) {
        this.any = !bound.isLoopbackAddress();
        this.bound = bound.getHostAddress();
    }

    /**
     * Whether the request may be answered.
     *
     * @param host of the Host header, without the port; null if missing
     */
    boolean allow(@Nullable String host) {
        if (any) {
            return true;
        }
        String name = host == null ? "" : host.toLowerCase(Locale.ROOT);
        return LOOPBACK.contains(name) || bound.equals(name);
    }
}
