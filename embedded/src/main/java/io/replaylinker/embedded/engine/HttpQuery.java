package io.replaylinker.embedded.engine;

import com.sun.net.httpserver.HttpExchange;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A request of ClickHouse's HTTP interface. Its parameters are divided into those of the interface and those that are settings of the
 * query.
 */
final class HttpQuery {

    /** Parameters of the interface, not of the query. {@code wait_end_of_query} always applies here. */
    private static final Set<String> INTERFACE = Set.of(
            "query",
            "database",
            "default_format",
            "user",
            "password",
            "quota_key",
            "role",
            "query_id",
            "session_id",
            "session_timeout",
            "session_check",
            "close_session",
            "compress",
            "decompress",
            "enable_http_compression",
            "buffer_size",
            "wait_end_of_query",
            "stacktrace",
            "client_protocol_version",
            "framing");

    private static final Pattern NAME = Pattern.compile("[A-Za-z_][A-Za-z0-9_.]*");
    private static final String BASIC = "Basic ";

    private final HttpExchange exchange;
    private final Map<String, String> parameters;

    HttpQuery(HttpExchange exchange) {
        this.exchange = exchange;
        this.parameters = parse(exchange.getRequestURI().getRawQuery());
    }

    private static Map<String, String> parse(@Nullable String query) {
        Map<String, String> parameters = new LinkedHashMap<>();
        if (query != null) {
            for (String pair : query.split("&", -1)) {
                int equals = pair.indexOf('=');
                String name = equals < 0 ? pair : pair.substring(0, equals);
                String value = equals < 0 ? "" : pair.substring(equals + 1);
                parameters.put(decoded(name), decoded(value));
            }
        }
        return parameters;
    }

    private static String decoded(String text) {
        try {
            return URLDecoder.decode(text, StandardCharsets.UTF_8);
        } catch (IllegalArgumentException e) {
            throw EngineException.of(36, "Bad percent-encoding in the URL: " + e.getMessage(), "BAD_ARGUMENTS");
        }
    }

    String parameter(String name, String otherwise) {
        return parameters.getOrDefault(name, otherwise);
    }

    boolean flag(String name) {
        String value = parameter(name, "");
        return value.equals("1") || value.equals("true");
    }

    String header(String name, String otherwise) {
        String value = exchange.getRequestHeaders().getFirst(name);
        return value == null ? otherwise : value;
    }

    boolean isGet() {
        return exchange.getRequestMethod().equals("GET");
    }

    /** All parameters that do not belong to the interface: settings, and {@code param_NAME} values of the query. */
    Map<String, String> settings() {
        Map<String, String> settings = new LinkedHashMap<>();
        parameters.forEach((name, value) -> {
            if (!name.isEmpty() && !INTERFACE.contains(name)) {
                if (!NAME.matcher(name).matches()) {
                    throw EngineException.of(
                            EngineException.UNKNOWN_SETTING, "Unknown setting '" + name + "'", "UNKNOWN_SETTING");
                }
                settings.put(name, value);
            }
        });
        return settings;
    }

    /** The database of the request; empty if it names none. */
    String database() {
        return parameter("database", header("X-ClickHouse-Database", ""));
    }

    /** The format of the result if the SQL names none. */
    String defaultFormat() {
        return parameter("default_format", header("X-ClickHouse-Format", "TabSeparated"));
    }

    Credentials credentials() {
        String basic = header("Authorization", "");
        if (basic.startsWith(BASIC)) {
            String[] pair = new String(
                            Base64.getDecoder().decode(basic.substring(BASIC.length())), StandardCharsets.UTF_8)
                    .split(":", 2);
            return new Credentials(pair[0], pair.length > 1 ? pair[1] : "");
        }
        return new Credentials(
                header("X-ClickHouse-User", parameter("user", "default")),
                header("X-ClickHouse-Key", parameter("password", "")));
    }
}
