package io.replaylinker.serdes.registry;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Reads the credentials for the registry: basic authentication from the URL or a setting, or a fixed bearer token. SASL_INHERIT (Kafka's
 * own login) and the OAuth sources are rejected by name, because ignoring them would look like a wrong password.
 */
final class Credentials {

    private static final String BASIC_SOURCE = "basic.auth.credentials.source";
    private static final String USER_INFO = "basic.auth.user.info";
    private static final String BEARER_SOURCE = "bearer.auth.credentials.source";
    private static final String TOKEN = "bearer.auth.token";

    private Credentials() {}

    /** The value of the header {@code Authorization}, or null for none. */
    static @Nullable String read(SettingsReader reader, List<RegistryAddress> addresses) {
        String bearer = bearer(reader);
        String basic = basic(reader, addresses);
        if (bearer != null && basic != null) {
            reader.mistake(TOKEN, "is given next to basic credentials; use one of the two");
        }
        return bearer != null ? bearer : basic;
    }

    private static @Nullable String bearer(SettingsReader reader) {
        String source = reader.text(BEARER_SOURCE);
        String token = reader.text(TOKEN);
        if (source == null) {
            if (token != null) {
                reader.mistake(BEARER_SOURCE, "must be STATIC_TOKEN for " + TOKEN + " to be used");
            }
            return null;
        }
        if (!source.equalsIgnoreCase("STATIC_TOKEN")) {
            reader.mistake(BEARER_SOURCE, "must be STATIC_TOKEN, not '" + source + "'; only STATIC_TOKEN is supported");
            return null;
        }
        if (token == null) {
            reader.mistake(TOKEN, "is missing, which " + BEARER_SOURCE + "=STATIC_TOKEN needs");
            return null;
        }
        return isHeaderText(reader, TOKEN, token) ? "Bearer " + token : null;
    }

    private static @Nullable String basic(SettingsReader reader, List<RegistryAddress> addresses) {
        String source = Objects.requireNonNullElse(reader.text(BASIC_SOURCE), "URL");
        return switch (source.toUpperCase(Locale.ROOT)) {
            // As in Confluent's client, one login applies to all addresses. It comes from the first address that has
            // one.
            case "URL" ->
                addresses.stream()
                        .map(RegistryAddress::userInfo)
                        .filter(Objects::nonNull)
                        .findFirst()
                        .map(Credentials::basicHeader)
                        .orElse(null);
            case "USER_INFO" -> userInfo(reader);
            case "SASL_INHERIT" -> {
                reader.mistake(
                        BASIC_SOURCE,
                        "must not be SASL_INHERIT, which is not supported; use USER_INFO with " + USER_INFO);
                yield null;
            }
            default -> {
                reader.mistake(BASIC_SOURCE, "must be URL or USER_INFO, not '" + source + "'");
                yield null;
            }
        };
    }

    private static @Nullable String userInfo(SettingsReader reader) {
        String userInfo = reader.text(USER_INFO);
        if (userInfo == null || userInfo.indexOf(':') < 1) {
            reader.mistake(USER_INFO, "must be user:password, which " + BASIC_SOURCE + "=USER_INFO needs");
            return null;
        }
        return basicHeader(userInfo);
    }

    private static String basicHeader(String userInfo) {
        return "Basic " + Base64.getEncoder().encodeToString(userInfo.getBytes(StandardCharsets.UTF_8));
    }

    private static boolean isHeaderText(SettingsReader reader, String name, String text) {
        boolean plain = text.chars().allMatch(c -> c > ' ' && c < 127);
        if (!plain) {
            reader.mistake(name, "must not contain a blank, a line break or another character that no token has");
        }
        return plain;
    }
}
