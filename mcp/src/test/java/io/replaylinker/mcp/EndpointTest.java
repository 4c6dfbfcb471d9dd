package io.replaylinker.mcp;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class EndpointTest {

    private final Endpoint endpoint = Endpoints.withoutTables();

    @AfterEach
    void close() {
        endpoint.close();
    }

    @ParameterizedTest
    @ValueSource(strings = {"2024-11-05", "2025-03-26", "2025-06-18", "2025-11-25"})
    void shouldAgreeOnTheVersionOfTheClient(String version) {
        assertThat(answer(Endpoints.request("initialize", """
                {"protocolVersion":"%s","capabilities":{},"clientInfo":{"name":"test","version":"1"}}""".formatted(version))))
                .contains(
                        "\"protocolVersion\":\"" + version + "\"", "\"name\":\"replay-linker\"", "never instructions");
    }

    @Test
    void shouldListToolsThatOnlyRead() {
        assertThat(answer(Endpoints.request("tools/list", "{}")))
                .contains("\"name\":\"find_replays\"", "\"outputSchema\"", "\"readOnlyHint\":true")
                .doesNotContain("\"readOnlyHint\":false", "\"destructiveHint\":true", "\"organization\":{");
    }

    @Test
    void shouldSayNothingToANotification() {
        assertThat(endpoint.answer("{\"jsonrpc\":\"2.0\",\"method\":\"notifications/initialized\"}"))
                .isEqualTo(new Endpoint.Reply(null, true));
        assertThat(endpoint.answer("{\"jsonrpc\":\"2.0\",\"method\":\"notifications/of-nothing\"}"))
                .isEqualTo(new Endpoint.Reply(null, true));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "{", "[", "nonsense", "\u0000", "{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":"})
    void shouldRefuseWhatIsNotJson(String message) {
        Endpoint.Reply reply = endpoint.answer(message);

        assertThat(reply.understood()).isFalse();
        assertThat(reply.json()).contains("\"id\":null", "\"error\"").doesNotContain("Exception", "\n");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"{}", "[]", "null", "7", "\"text\"", "[{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"ping\"}]"})
    void shouldRefuseJsonThatIsNoMessage(String message) {
        Endpoint.Reply reply = endpoint.answer(message);

        assertThat(reply.understood()).isFalse();
        assertThat(reply.json()).contains("\"error\"").doesNotContain("Exception");
    }

    @Test
    void shouldBearNestingWithoutEnd() {
        Endpoint.Reply reply = endpoint.answer(Endpoints.call("get_replay", "[".repeat(400_000)));

        assertThat(reply.understood()).isFalse();
    }

    @ParameterizedTest
    @ValueSource(strings = {"nothing/of-this-kind", "resources/list", "prompts/list", "logging/setLevel"})
    void shouldRefuseMethodsThatItDoesNotHave(String method) {
        assertThat(answer(Endpoints.request(method, "{}"))).contains("\"id\":7", "-32601");
    }

    @Test
    void shouldRefuseAToolThatIsNone() {
        assertThat(answer(Endpoints.call("drop_tables", "{}"))).contains("\"id\":7", "drop_tables");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{}",
                "{\"replay\":5}",
                "{\"replay\":[]}",
                "{\"replay\":\"zzzzzzzz\"}",
                "{\"replay\":\"5e550001\",\"organization\":1}"
            })
    void shouldRefuseWrongArgumentsBeforeItAsks(String arguments) {
        assertThat(answer(Endpoints.call("get_replay", arguments)))
                .contains("\"isError\":true", "\"id\":7")
                .doesNotContain("cannot be read now", "Exception");
    }

    @Test
    void shouldSayThatTheTablesCannotBeRead() {
        assertThat(answer(Endpoints.call("get_replay", "{\"replay\":\"5e550001\"}")))
                .contains("\"isError\":true", "the tables cannot be read now", "\"id\":7");
    }

    private String answer(String message) {
        Endpoint.Reply reply = endpoint.answer(message);
        assertThat(reply.understood()).isTrue();
        assertThat(reply.json()).doesNotContain("\n");
        return String.valueOf(reply.json());
    }
}
