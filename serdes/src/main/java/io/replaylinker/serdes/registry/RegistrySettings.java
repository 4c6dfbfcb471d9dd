package io.replaylinker.serdes.registry;

import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import javax.net.ssl.SSLContext;
import org.apache.kafka.common.config.ConfigException;
import org.jspecify.annotations.Nullable;

/**
 * Connection settings of the registry, under the names of Confluent's clients.
 *
 * @param addresses of the registry's nodes, tried in order; empty for a mock
 * @param mockScope scope of the in-memory registry in {@code mock://scope}
 * @param authorization value of the header with the credentials; must never be printed
 * @param tls trust store and key store for an https registry ({@code schema.registry.ssl.truststore.location} ...); null for the JVM's
 *     defaults
 * @param connectTimeout {@code http.connect.timeout.ms}, default 5 s
 * @param readTimeout {@code http.read.timeout.ms}, for the whole response, default 10 s
 * @param maxRetries {@code max.retries} after the first attempt, each over all addresses, default 3
 * @param retryWait {@code retries.wait.ms} before the first retry, doubled for each further one, default 200 ms
 * @param retryMaxWait {@code retries.max.wait.ms}, default 5 s
 * @param cacheSize {@code max.schemas.per.subject}: entries of each cache, default 1000
 * @param missingTtl {@code missing.id.cache.ttl.sec}: how long a missing schema is cached, default 10 s
 * @param latestTtl {@code latest.cache.ttl.sec}: how long a subject's latest schema is cached, default 60 s
 */
public record RegistrySettings(
        List<RegistryAddress> addresses,
        @Nullable String mockScope,
        @Nullable String authorization,
        @Nullable SSLContext tls,
        Duration connectTimeout,
        Duration readTimeout,
        int maxRetries,
        Duration retryWait,
        Duration retryMaxWait,
        int cacheSize,
        Duration missingTtl,
        Duration latestTtl) {

    public static final String URL = "schema.registry.url";

    private static final String MOCK = "mock://";

    /**
     * Reads the settings.
     *
     * @throws ConfigException with every mistake in one message
     */
    public static RegistrySettings of(Map<String, ?> settings) {
        SettingsReader reader = new SettingsReader(settings);
        RegistrySettings read = read(reader);
        reader.check();
        return read;
    }

    /** Reads the settings and reports mistakes to the reader. */
    public static RegistrySettings read(SettingsReader reader) {
        List<String> urls = reader.list(URL);
        boolean mock = urls.stream().anyMatch(url -> url.startsWith(MOCK));
        if (urls.isEmpty()) {
            reader.mistake(URL, "is missing; give the registry's address, as http://localhost:8081");
        } else if (mock && urls.size() > 1) {
            reader.mistake(URL, "must be one mock:// address alone, or real ones alone");
        }
        List<RegistryAddress> addresses = mock ? List.of() : RegistryAddress.readAll(urls, reader);
        return new RegistrySettings(
                addresses,
                mock ? urls.get(0).substring(MOCK.length()) : null,
                Credentials.read(reader, addresses),
                RegistryTls.read(reader),
                reader.millis("http.connect.timeout.ms", Duration.ofSeconds(5), 1),
                reader.millis("http.read.timeout.ms", Duration.ofSeconds(10), 1),
                (int) reader.number("max.retries", 3, 0, 1000),
                reader.millis("retries.wait.ms", Duration.ofMillis(200), 1),
                reader.millis("retries.max.wait.ms", Duration.ofSeconds(5), 1),
                (int) reader.number("max.schemas.per.subject", 1000, 1, 1_000_000),
                reader.seconds("missing.id.cache.ttl.sec", Duration.ofSeconds(10)),
                reader.seconds("latest.cache.ttl.sec", Duration.ofSeconds(60)));
    }

    /** Without the credentials. */
    @Override
    public String toString() {
        return mockScope == null
                ? addresses.stream()
                        .map(RegistryAddress::base)
                        .map(URI::toString)
                        .toList()
                        .toString()
                : MOCK + mockScope;
    }
}
