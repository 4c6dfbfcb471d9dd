package io.replaylinker.worker.members;

import java.net.InetAddress;
import java.net.URI;
import java.net.URISyntaxException;
import java.net.UnknownHostException;
import java.util.Comparator;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Where the page of a worker is reached.
 *
 * @param host a name or an address; an IPv6 address without brackets
 * @param port 1 to 65535
 */
public record MemberAddress(String host, int port) implements Comparable<MemberAddress> {

    private static final Pattern HOST_AND_PORT = Pattern.compile("\\[?([\\w.:%-]{1,255}?)]?:(\\d{1,5})");
    private static final Pattern HOST = Pattern.compile("[\\w.:%-]{1,255}");
    private static final Comparator<MemberAddress> ORDER =
            Comparator.comparing(MemberAddress::host).thenComparing(MemberAddress::port);
    private static final int LARGEST_PORT = 65_535;

    /**
     * The address that a worker announces: {@code http.advertised}, or else {@code http.bind} if that is one interface that others reach.
     * A page on loopback or on all interfaces is announced under the machine's name, which, unlike {@code 127.0.0.1}, is not the same on
     * two machines.
     *
     * @param advertised {@code http.advertised}; null where it is not set
     * @param bind {@code http.bind}
     * @param port on which the HTTP server listens
     */
    public static MemberAddress announced(@Nullable String advertised, String bind, int port) {
        return Optional.ofNullable(advertised)
                .flatMap(MemberAddress::parse)
                .orElseGet(() -> new MemberAddress(reachable(bind), port));
    }

    /** Empty where the text is no host and port. */
    static Optional<MemberAddress> parse(String text) {
        Matcher matcher = HOST_AND_PORT.matcher(text);
        if (!matcher.matches()) {
            return Optional.empty();
        }
        int port = Integer.parseInt(matcher.group(2));
        return port >= 1 && port <= LARGEST_PORT
                ? Optional.of(new MemberAddress(matcher.group(1), port))
                : Optional.empty();
    }

    private static String reachable(String bind) {
        try {
            InetAddress address = InetAddress.getByName(bind);
            return address.isAnyLocalAddress() || address.isLoopbackAddress() ? machine() : bind;
        } catch (UnknownHostException e) {
            return machine();
        }
    }

    /** The name of this machine; localhost where it has none. */
    static String machine() {
        try {
            return InetAddress.getLocalHost().getHostName();
        } catch (UnknownHostException e) {
            return InetAddress.getLoopbackAddress().getHostName();
        }
    }

    /**
     * The address of a document there.
     *
     * @throws URISyntaxException if the host is no valid name; one with a slash in it would lead to another host
     */
    URI uri(String path) throws URISyntaxException {
        if (!HOST.matcher(host).matches()) {
            throw new URISyntaxException(host, "no host");
        }
        return new URI("http", null, host, port, path, null, null);
    }

    @Override
    public int compareTo(MemberAddress other) {
        return ORDER.compare(this, other);
    }

    /** As {@code worker-1:8080}, in the form of {@code application.server}. */
    @Override
    public String toString() {
        return (host.contains(":") ? "[" + host + "]" : host) + ":" + port;
    }
}
