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
 * Whom a client of an https registry trusts and who it is, under the names of Kafka's own {@code ssl.} settings behind
 * {@code schema.registry.}, as Confluent's clients have them. Kafka's code reads them, so that what is right there is right here.
 */
final class RegistryTls {

    private static final String PREFIX = "schema.registry.";
    private static final String TRUST = SslConfigs.SSL_TRUSTSTORE_LOCATION_CONFIG;
    private static final String KEY = SslConfigs.SSL_KEYSTORE_LOCATION_CONFIG;
    private static final String BEGIN_OF_PEM = "-----BEGIN ";
    private static final int HEAD_BYTES = 64 << 10;

    /** Those for which the JDK's HTTP client has no use are left out: it checks the server's name always. */
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

    /** Null where nothing is set: then what the JVM trusts is trusted. Mistakes are left with the reader. */
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
            // A key store is no text; Kafka would take PEM for a broken one.
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

    /** Kafka says which file, its cause what is wrong with it. */
    private static String message(KafkaException failure) {
        Throwable cause = failure;
        while (cause.getCause() != null) {
            cause = cause.getCause();
        }
        String message = String.valueOf(failure.getMessage());
        return cause == failure ? message : message + " (" + cause.getMessage() + ")";
    }
}
