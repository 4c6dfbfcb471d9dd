package io.replaylinker.worker.http;

import io.replaylinker.runtime.cli.CommandFailedException;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import org.eclipse.jetty.http.UriCompliance;
import org.eclipse.jetty.server.HttpConfiguration;
import org.eclipse.jetty.server.HttpConnectionFactory;
import org.eclipse.jetty.server.NetworkConnectionLimit;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.eclipse.jetty.util.thread.QueuedThreadPool;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * HTTP server for read-only requests: GET and HEAD, or POST of a short message, on exact paths, one request a connection. Sizes, times,
 * connections and threads are bounded. No request changes anything.
 */
public final class HttpServer implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(HttpServer.class);

    private static final int REQUEST_HEAD_BYTES = 8 << 10;
    private static final int CONNECTIONS = 128;
    private static final int ANSWERS_AT_ONCE = 8;

    /** Two that accept connections, those that answer, and some for the probes. */
    private static final int THREADS = ANSWERS_AT_ONCE + 6;

    private static final Duration IDLE = Duration.ofSeconds(10);
    private static final Duration REQUEST_TIMEOUT = Duration.ofSeconds(5);
    private static final Duration WHOLE_CONNECTION = Duration.ofSeconds(30);
    private static final Duration CLOSE_WITHIN = Duration.ofSeconds(2);

    private final Server server;
    private final ServerConnector connector;

    private HttpServer(Server server, ServerConnector connector) {
        this.server = server;
        this.connector = connector;
    }

    /**
     * Describes a server.
     *
     * @param bind name or address of the interface to listen on, as 127.0.0.1 or 0.0.0.0
     * @param port 0 for any free one
     */
    public static Builder builder(String bind, int port) {
        return new Builder(bind, port);
    }

    /** The port that it listens on. */
    public int port() {
        return connector.getLocalPort();
    }

    /** Its address for users, as {@code http://127.0.0.1:8080/}. */
    public String url() {
        String host = connector.getHost();
        return "http://" + (host.contains(":") ? "[" + host + "]" : host) + ":" + port() + "/";
    }

    /** Stops answering, requests in progress included. */
    @Override
    public void close() {
        try {
            server.stop();
        } catch (Exception e) {
            LOG.warn("The HTTP server did not stop cleanly: {}", e.toString());
        }
    }

    /** Builds a server, which does not listen before {@link #start}. */
    public static final class Builder {

        private final String bind;
        private final int port;
        private final Map<String, Route> routes = new LinkedHashMap<>();
        private final Map<String, PostedMessages> posts = new LinkedHashMap<>();
        private final Set<String> openPaths = new HashSet<>();
        private @Nullable String token;
        private Duration requestTimeout = REQUEST_TIMEOUT;
        private Duration wholeConnection = WHOLE_CONNECTION;
        private int connections = CONNECTIONS;
        private Duration idle = IDLE;

        private Builder(String bind, int port) {
            this.bind = bind;
            this.port = port;
        }

        /** Requires this secret from clients on all routes but those of {@link #open}; null, the default, admits every client. */
        public Builder token(@Nullable String secret) {
            this.token = secret;
            return this;
        }

        /**
         * Adds a route for GET and HEAD.
         *
         * @param path exactly as it is sent, with a slash at its front
         * @throws IllegalArgumentException if the path has a route already
         */
        public Builder get(String path, Route route) {
            if (posts.containsKey(path) || routes.putIfAbsent(path, route) != null) {
                throw new IllegalArgumentException(path + " has two routes");
            }
            return this;
        }

        /**
         * Adds a route for POST, of messages that programs send, or pages of this server.
         *
         * @param path exactly as it is sent, with a slash at its front
         * @param mostBytes longer messages are refused
         * @throws IllegalArgumentException if the path has a route already
         */
        public Builder post(String path, int mostBytes, PostRoute route) {
            if (routes.containsKey(path) || posts.putIfAbsent(path, new PostedMessages(route, mostBytes)) != null) {
                throw new IllegalArgumentException(path + " has two routes");
            }
            return this;
        }

        /**
         * Adds a route for probes, as {@link #get} does for others. It is answered at once and without the token, so it must neither
         * disclose secrets nor block.
         */
        public Builder open(String path, Route route) {
            openPaths.add(path);
            return get(path, route);
        }

        /** For tests, which do not wait as long. */
        Builder limits(Duration requestTimeout, Duration longestConnection, int mostConnections) {
            this.requestTimeout = requestTimeout;
            this.wholeConnection = longestConnection;
            this.connections = mostConnections;
            return this;
        }

        /** For tests of the limits, in which nothing else ends a connection. */
        Builder idle(Duration longestIdle) {
            this.idle = longestIdle;
            return this;
        }

        /**
         * Starts to listen.
         *
         * @throws CommandFailedException if it cannot listen there, with a message for the user
         */
        public HttpServer start() {
            InetAddress address = address();
            QueuedThreadPool threads = new QueuedThreadPool(THREADS, 2);
            threads.setName("http");
            threads.setDaemon(true);
            Server server = new Server(threads);
            server.setStopTimeout(CLOSE_WITHIN.toMillis());
            server.setErrorHandler(new PlainErrors());
            ServerConnector connector = new ServerConnector(server, 1, 1, new HttpConnectionFactory(configuration()));
            connector.setHost(address.getHostAddress());
            connector.setPort(port);
            connector.setIdleTimeout(idle.toMillis());
            connector.setAcceptQueueSize(connections);
            server.addConnector(connector);
            ConnectionDeadlines deadlines =
                    new ConnectionDeadlines(server.getScheduler(), requestTimeout, wholeConnection);
            connector.addBean(deadlines);
            connector.addBean(new NetworkConnectionLimit(connections, connector));
            server.setHandler(new Dispatcher(
                    Map.copyOf(routes),
                    Map.copyOf(posts),
                    Set.copyOf(openPaths),
                    new AllowedHosts(address),
                    new AccessToken(token),
                    deadlines,
                    ANSWERS_AT_ONCE));
            HttpServer made = new HttpServer(server, connector);
            made.listen();
            return made;
        }

        private InetAddress address() {
            try {
                return InetAddress.getByName(bind);
            } catch (UnknownHostException e) {
                throw new CommandFailedException("http.bind: no address of this machine is named " + bind, e);
            }
        }

        private static HttpConfiguration configuration() {
            HttpConfiguration configuration = new HttpConfiguration();
            configuration.setRequestHeaderSize(REQUEST_HEAD_BYTES);
            configuration.setUriCompliance(UriCompliance.RFC3986);
            configuration.setSendServerVersion(false);
            // One request a connection: its time is bounded as a whole, and an idle connection is of no use.
            configuration.setPersistentConnectionsEnabled(false);
            return configuration;
        }
    }

    private void listen() {
        try {
            server.start();
        } catch (Exception e) {
            close();
            InetSocketAddress where = new InetSocketAddress(connector.getHost(), connector.getPort());
            throw new CommandFailedException(
                    "cannot listen on %s: %s; set http.port to a free port (0 for any, -1 for no HTTP at all) or http.bind to an address of this machine"
                            .formatted(where.toString().replaceFirst("^.*/", ""), reason(e)),
                    e);
        }
    }

    private static String reason(Throwable thrown) {
        Throwable cause = thrown;
        while (cause.getCause() != null) {
            cause = cause.getCause();
        }
        return cause instanceof IOException && cause.getMessage() != null ? cause.getMessage() : cause.toString();
    }
}
