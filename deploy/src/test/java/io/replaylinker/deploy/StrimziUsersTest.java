package io.replaylinker.deploy;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;
import org.apache.kafka.common.acl.AclBinding;
import org.junit.jupiter.api.Test;

/** The users for Strimzi say the same as the list of rights, and the topics are the ones that the worker writes. */
class StrimziUsersTest {

    @Test
    void shouldGrantWhatIsListed() throws Exception {
        assertThat(granted("replay-linker-join")).containsExactlyInAnyOrderElementsOf(listed("join,join-exactly-once"));
        assertThat(granted("replay-linker-sink")).containsExactlyInAnyOrderElementsOf(listed("sink"));
    }

    @Test
    void shouldMakeTheTopicsThatTheJoinWrites() throws Exception {
        Manifests topics = Manifests.of(Files.readString(Path.of("strimzi", "topics.yaml")));

        assertThat(topics.names())
                .containsExactlyInAnyOrder(
                        "KafkaTopic replay-links",
                        "KafkaTopic replay-unlinked",
                        "KafkaTopic replay-states",
                        "KafkaTopic trace-nodes",
                        "KafkaTopic replay-dead-letters");
    }

    private static List<String> granted(String user) throws IOException {
        JsonNode manifest = Manifests.of(Files.readString(Path.of("strimzi", "users.yaml")))
                .named(user)
                .orElseThrow();
        List<String> rights = new ArrayList<>();
        for (JsonNode acl : manifest.at("/spec/authorization/acls")) {
            JsonNode resource = acl.path("resource");
            for (JsonNode operation : acl.path("operations")) {
                rights.add(right(
                        resource.path("type").asText(),
                        resource.path("name").asText(),
                        resource.path("patternType").asText(),
                        operation.asText()));
            }
        }
        return rights;
    }

    private static Set<String> listed(String parts) throws IOException, InterruptedException {
        return DocumentedAcls.of("User:any", parts).stream()
                .map(StrimziUsersTest::right)
                .collect(Collectors.toSet());
    }

    private static String right(AclBinding acl) {
        return right(
                acl.pattern().resourceType().name(),
                acl.pattern().name(),
                acl.pattern().patternType().name(),
                acl.entry().operation().name());
    }

    /** In one spelling: Strimzi says transactionalId, DescribeConfigs and prefix where Kafka says TRANSACTIONAL_ID, DESCRIBE_CONFIGS and PREFIXED. */
    private static String right(String type, String name, String pattern, String operation) {
        String kind = type.replace("_", "").toLowerCase(Locale.ROOT);
        String match = pattern.toLowerCase(Locale.ROOT).startsWith("prefix") ? "beginning with" : "named";
        return operation.replace("_", "").toLowerCase(Locale.ROOT) + " " + kind + " " + match + " " + name;
    }
}
