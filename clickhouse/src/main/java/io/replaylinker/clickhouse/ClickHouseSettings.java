package io.replaylinker.clickhouse;

import io.replaylinker.clickhouse.IllegalSettingsException.Mistake;
import io.replaylinker.clickhouse.IllegalSettingsException.Part;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Connection settings of ClickHouse. The password appears in no message and not in {@link #toString}.
 *
 * @param url {@code http://host:port} or {@code https://host:port} of the HTTP interface, and nothing more
 * @param database letters, digits and {@code _}, not starting with a digit, at most 128
 * @param user not empty
 * @param password may be empty
 * @param connectionTimeout for opening a connection, at least 1 ms
 * @param socketTimeout without a byte from the server, at least 1 ms; an insert that takes longer is retried
 * @param compress LZ4 in both directions
 * @param authorities PEM file with the certificate authorities to trust for an https server; null for those that the JVM trusts
 * @param cluster that holds the tables; null for a single server
 */
public record ClickHouseSettings(
        String url,
        String database,
        String user,
        String password,
        Duration connectionTimeout,
        Duration socketTimeout,
        boolean compress,
        @Nullable String authorities,
        @Nullable Cluster cluster) {

    private static final Pattern NAME = Pattern.compile("[A-Za-z_][A-Za-z0-9_]{0,127}");

    /** @throws IllegalSettingsException that lists every mistake */
    public ClickHouseSettings {
        List<Mistake> mistakes = new ArrayList<>();
        checkUrl(url, mistakes);
        if (!NAME.matcher(database).matches()) {
            mistakes.add(new Mistake(
                    Part.DATABASE,
                    "must be letters, digits and _, not start with a digit, and have at most 128 characters"));
        }
        if (user.isBlank()) {
            mistakes.add(
                    new Mistake(Part.USER, "must not be empty; the name of ClickHouse's built-in user is default"));
        }
        checkTimeout(Part.CONNECTION_TIMEOUT, connectionTimeout, mistakes);
        checkTimeout(Part.SOCKET_TIMEOUT, socketTimeout, mistakes);
        if (authorities != null) {
            checkAuthorities(authorities, mistakes);
        }
        if (!mistakes.isEmpty()) {
            throw new IllegalSettingsException(mistakes);
        }
    }

    /** Settings with timeouts that suit a sink: 5 s to connect, 60 s without a byte. Compression is on. */
    public static ClickHouseSettings of(String url, String database, String user, String password) {
        return new ClickHouseSettings(
                url, database, user, password, Duration.ofSeconds(5), Duration.ofSeconds(60), true, null, null);
    }

    /** The same settings without compression, for a server that does not support it, such as the embedded engine. */
    public ClickHouseSettings uncompressed() {
        return new ClickHouseSettings(
                url, database, user, password, connectionTimeout, socketTimeout, false, authorities, cluster);
    }

    /** The same settings for tables on a cluster. The URL may point to any of its servers. Null means a single server. */
    public ClickHouseSettings on(@Nullable Cluster cluster) {
        return new ClickHouseSettings(
                url, database, user, password, connectionTimeout, socketTimeout, compress, authorities, cluster);
    }

    public ClickHouseSettings withTimeouts(Duration connection, Duration socket) {
        return new ClickHouseSettings(
                url, database, user, password, connection, socket, compress, authorities, cluster);
    }

    /** The same settings with an own certificate authority for an https server, from a PEM file; null for those that the JVM trusts. */
    public ClickHouseSettings trusting(@Nullable String authorities) {
        return new ClickHouseSettings(
                url, database, user, password, connectionTimeout, socketTimeout, compress, authorities, cluster);
    }

    @Override
    public String toString() {
        return "ClickHouse at " + url + ", database " + database + ", user " + user;
    }

    /** The value never appears in a message, because a URL may contain a password. */
    private static void checkUrl(String url, List<Mistake> mistakes) {
        try {
            URI uri = new URI(url);
            boolean http = "http".equals(uri.getScheme()) || "https".equals(uri.getScheme());
            if (!http || uri.getHost() == null || uri.getPort() < 1 || uri.getPort() > 65_535) {
                mistakes.add(new Mistake(
                        Part.URL,
                        "must be http://host:port or https://host:port, the port that of the HTTP interface"
                                + " (8123, or 8443 with TLS)"));
            } else if (uri.getUserInfo() != null) {
                mistakes.add(
                        new Mistake(Part.URL, "must not contain user or password; they are settings of their own"));
            } else if (!List.of("", "/").contains(uri.getPath())
                    || uri.getQuery() != null
                    || uri.getFragment() != null) {
                mistakes.add(new Mistake(Part.URL, "must end after the port"));
            }
        } catch (URISyntaxException e) {
            mistakes.add(new Mistake(Part.URL, "cannot be read: " + e.getReason()));
        }
    }

    /** Checked here, because the driver would report it once per connection in a less clear message. */
    private static void checkAuthorities(String file, List<Mistake> mistakes) {
        try (InputStream in = Files.newInputStream(Path.of(file))) {
            if (CertificateFactory.getInstance("X.509").generateCertificates(in).isEmpty()) {
                mistakes.add(new Mistake(Part.AUTHORITIES, "names a file without certificates; give a PEM file"));
            }
        } catch (IOException | InvalidPathException e) {
            mistakes.add(new Mistake(
                    Part.AUTHORITIES,
                    "names a file that cannot be read: " + e.getClass().getSimpleName()));
        } catch (CertificateException e) {
            mistakes.add(new Mistake(Part.AUTHORITIES, "must name a PEM file with nothing but certificates"));
        }
    }

    private static void checkTimeout(Part part, Duration timeout, List<Mistake> mistakes) {
        if (timeout.toMillis() < 1 || timeout.toMillis() > Integer.MAX_VALUE) {
            mistakes.add(new Mistake(part, "must be between 1 ms and 24 days"));
        }
    }
}
