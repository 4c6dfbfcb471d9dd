package io.replaylinker.runtime.settings;

import java.util.Arrays;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Kafka's clients call an OAuth server, or read a file for OAuth, only if a system property of the JVM allows it. They fail when the first
 * client is created. This check reports it with all other mistakes in the settings.
 */
final class OAuthAddresses {

    static final String ALLOWED_URLS = "org.apache.kafka.sasl.oauthbearer.allowed.urls";
    static final String ALLOWED_FILES = "org.apache.kafka.sasl.oauthbearer.allowed.files";

    private static final Set<String> URLS =
            Set.of("sasl.oauthbearer.token.endpoint.url", "sasl.oauthbearer.jwks.endpoint.url");
    private static final Set<String> FILES = Set.of(
            "sasl.oauthbearer.assertion.file",
            "sasl.oauthbearer.assertion.private.key.file",
            "sasl.oauthbearer.assertion.template.file");

    private OAuthAddresses() {}

    static void areAllowed(Settings settings, Mistakes mistakes) {
        Map<String, String> kafka = settings.withoutPrefix(PassThrough.KAFKA);
        kafka.keySet().stream().sorted().forEach(name -> {
            String bare = KafkaDefinitions.ofClient(name);
            String value = String.valueOf(kafka.get(name));
            if (URLS.contains(bare)) {
                check(name, value, ALLOWED_URLS, mistakes);
            } else if (FILES.contains(bare)) {
                check(name, value, ALLOWED_FILES, mistakes);
            }
        });
    }

    private static void check(String name, String value, String property, Mistakes mistakes) {
        Set<String> allowed = Arrays.stream(System.getProperty(property, "").split(",", -1))
                .map(String::strip)
                .collect(Collectors.toSet());
        if (!value.contains("${") && !allowed.contains(value)) {
            mistakes.add(
                    PassThrough.KAFKA.named(name),
                    ("must be allowed in the JVM: start with -D%s and this value,"
                                    + " several with commas between, in REPLAY_LINKER_JAVA_OPTS (in containers JAVA_TOOL_OPTIONS)")
                            .formatted(property));
        }
    }
}
