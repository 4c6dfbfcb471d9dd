package io.replaylinker.serdes.registry;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import javax.net.ssl.SSLContext;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.config.ConfigDef;
import org.apache.kafka.common.config.SslConfigs;
import org.apache.kafka.common.security.ssl.DefaultSslEngineFactory;
import org.jspecify.annotations.Nullable;

/**
 * The TLS settings for an https registry: trust store and key store under the names of Kafka's own {@code ssl.} settings with the prefix
 * {@code schema.registry.}, as in Confluent's clients. Kafka's code reads them, so valid Kafka settings are valid here.
 */
final class RegistryTls {

    private static final String PREFIX = "schema.registry.";
    private static final String TRUST = SslConfigs.SSL_TRUSTSTORE_LOCATION_CONFIG;
    private static final String KEY = SslConfigs.SSL_KEYSTORE_LOCATION_CONFIG;
    private static final String BEGIN_OF_PEM = "-----BEGIN ";
    private static final int HEAD_BYTES = 64 << 10;

    /** Without the settings that the JDK's HTTP client does not use. It always verifies the server's name. */
    private static final Set<String> NAMES = Set.of(
            TRUST,
            SslConfigs.SSL_TRUSTSTORE_TYPE_CONFIG,
            SslConfigs.SSL_TRUSTSTORE_PASSWORD_CONFIG,
            SslConfigs.SSL_TRUSTSTORE_CERTIFICATES_CONFIG,
            KEY,
            SslConfigs.SSL_KEYSTORE_TYPE_CONFIG,
            SslConfigs.SSL_KEYSTORE_PASSWORD_CONFIG,
            SslConfigs.SSL_KEYSTORE_KEY_CONFIG,
            SslConfigs.SSL_KEYSTORE_CERTIFICATE_CHAIN_CONFIG,
            SslConfigs.SSL_KEY_PASSWORD_CONFIG);

    private RegistryTls() {}

    /** Returns null if nothing is set; then the JVM's trust store applies. Mistakes are reported to the reader. */
    static @Nullable SSLContext read(SettingsReader reader) {
        Map<String, Object> given = new HashMap<>();
        for (String name : NAMES) {
            String value = reader.text(PREFIX + name);
            if (value != null) {
                given.put(name, value);
            }
        }
        if (given.isEmpty()) {
            return null;
        }
        boolean trustReadable = isReadable(given, TRUST, reader);
        boolean keyReadable = isReadable(given, KEY, reader);
        return trustReadable && keyReadable ? context(given, reader) : null;
    }

    private static boolean isReadable(Map<String, Object> given, String name, SettingsReader reader) {
        if (!(given.get(name) instanceof String file)) {
            return true;
        }
        try (InputStream in = Files.newInputStream(Path.of(file))) {
            // A key store is not a text. Kafka would report a PEM file as a broken key store.
            String head = new String(in.readNBytes(HEAD_BYTES), StandardCharsets.ISO_8859_1);
            if (head.contains(BEGIN_OF_PEM)) {
                given.putIfAbsent(name.replace("location", "type"), DefaultSslEngineFactory.PEM_TYPE);
            }
            return true;
        } catch (IOException | InvalidPathException e) {
            reader.mistake(
                    PREFIX + name,
                    "names a file that cannot be read: " + e.getClass().getSimpleName());
            return false;
        }
    }

    private static @Nullable SSLContext context(Map<String, Object> given, SettingsReader reader) {
        try (DefaultSslEngineFactory factory = new DefaultSslEngineFactory()) {
            ConfigDef definition = new ConfigDef();
            SslConfigs.addClientSslSupport(definition);
            factory.configure(definition.parse(given));
            return factory.sslContext();
        } catch (KafkaException e) {
            reader.mistake(PREFIX + "ssl.*", "cannot be used: " + message(e));
            return null;
        }
    }

    /** Kafka's message names the file, and its cause describes the problem. */
    private static String message(KafkaException failure) {
        Throwable cause = failure;
        while (cause.getCause() != null) {
            cause = cause.getCause();
        }
        String message = String.valueOf(failure.getMessage());
        return cause == failure ? message : message + " (" + cause.getMessage() + ")";
    }
}
