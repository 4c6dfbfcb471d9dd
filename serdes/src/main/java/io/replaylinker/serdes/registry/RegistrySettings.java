package io.replaylinker.serdes.registry;

import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import javax.net.ssl.SSLContext;
import org.apache.kafka.common.config.ConfigException;
import org.jspecify.annotations.Nullable;

/**
 * How to reach the registry, under the names that Confluent's clients gave these settings.
 *
 * @param addresses of the registry's nodes, tried in turn; empty for a mock
 * @param mockScope name of the registry in memory that {@code mock://scope} means
 * @param authorization value of the header that carries the credentials; never to be printed
 * @param tls whom an https registry must convince and who we are to it ({@code schema.registry.ssl.truststore.location} ...); null for
 *     what the JVM trusts
 * @param connectTimeout {@code http.connect.timeout.ms}, default 5 s
 * @param readTimeout {@code http.read.timeout.ms}, for the whole answer, default 10 s
 * @param maxRetries {@code max.retries} after the first try, each over all addresses, default 3
 * @param retryWait {@code retries.wait.ms} before the first retry, doubled for each further one, default 200 ms
 * @param retryMaxWait {@code retries.max.wait.ms}, default 5 s
 * @param cacheSize {@code max.schemas.per.subject}: entries of each cache, default 1000
 * @param missingTtl {@code missing.id.cache.ttl.sec}: how long "no such schema" is believed, default 10 s
 * @param latestTtl {@code latest.cache.ttl.sec}: how long a subject's newest schema is believed, default 60 s
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

    /** Reads the settings and leaves the mistakes with the reader. */
    public static RegistrySettings read(SettingsReader reader) {
        List<String> urls = reader.list(URL);
        boolean mock = urls.stream().anyMatch(url -> url.startsWith(MOCK));
        if (urls.isEmpty()) {
            reader.mistake(URL, "is missing: give the registry's address, as http://localhost:8081");
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
