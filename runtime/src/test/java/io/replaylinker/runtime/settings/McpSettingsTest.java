package io.replaylinker.runtime.settings;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class McpSettingsTest {

    private static final String ENABLED = "mcp.enabled";
    private static final String ORGANIZATION = "mcp.organization";

    @Test
    void shouldAnswerNoAssistantByDefault() {
        Settings settings = settings(Map.of("http.bind", "0.0.0.0"));

        assertThat(settings.get(McpSettings.ENABLED)).isFalse();
        assertThat(settings.find(McpSettings.ORGANIZATION)).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"127.0.0.1", "127.0.0.53", "localhost", "::1"})
    void shouldNeedNoTokenOnLoopback(String bind) {
        Settings settings = settings(Map.of(ENABLED, "true", ORGANIZATION, "7", "http.bind", bind));

        assertThat(settings.get(McpSettings.ORGANIZATION)).isEqualTo(7);
    }

    @ParameterizedTest
    @ValueSource(strings = {"0.0.0.0", "10.0.0.1", "worker-1.example", "127.0.0.1.example"})
    void shouldNeedATokenElsewhere(String bind) {
        Map<String, String> given = Map.of(ENABLED, "true", ORGANIZATION, "7", "http.bind", bind);
        Map<String, String> withToken = new HashMap<>(given);
        withToken.put("http.token", "secret");

        assertThat(problems(given))
                .containsExactly(
                        "http.token: is required, because mcp.enabled is true and http.bind is no loopback address");
        assertThat(settings(withToken).get(McpSettings.ENABLED)).isTrue();
    }

    @Test
    void shouldNeedAnOrganizationAndAServer() {
        assertThat(problems(Map.of(ENABLED, "true", "http.port", "-1")))
                .containsExactlyInAnyOrder(
                        "mcp.enabled: needs the HTTP server, which http.port = -1 turns off",
                        "mcp.organization: is required, because mcp.enabled is true");
    }

    @ParameterizedTest
    @ValueSource(strings = {"0", "-1", "acme", "1,2"})
    void shouldRefuseAnOrganizationThatIsNone(String organization) {
        assertThat(problems(Map.of(ORGANIZATION, organization)))
                .singleElement()
                .asString()
                .startsWith("mcp.organization: must be an id: a whole number from 1 on");
    }

    private static Settings settings(Map<String, String> given) {
        Map<String, String> all = new HashMap<>(given);
        all.put("kafka.bootstrap.servers", "localhost:9092");
        all.put("schema.registry.url", "http://localhost:8081");
        return SettingsReader.of(all);
    }

    private static List<String> problems(Map<String, String> given) {
        return catchThrowableOfType(InvalidSettingsException.class, () -> settings(given))
                .problems();
    }
}
