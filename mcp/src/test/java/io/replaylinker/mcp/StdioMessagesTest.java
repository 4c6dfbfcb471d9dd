package io.replaylinker.mcp;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class StdioMessagesTest {

    private static final String PING = Endpoints.request("ping", "{}");

    private final Endpoint endpoint = Endpoints.withoutTables();

    @AfterEach
    void close() {
        endpoint.close();
    }

    @Test
    void shouldAnswerEveryLineAndEndWithTheInput() throws Exception {
        assertThat(answers((PING + "\n").repeat(100) + PING)).hasSize(101).allSatisfy(line -> assertThat(line)
                .contains("\"id\":7", "\"result\""));
    }

    @Test
    void shouldAnswerNothingToNothing() throws Exception {
        assertThat(answers("")).isEmpty();
        assertThat(answers("\n\r\n  \n")).isEmpty();
        assertThat(answers("{\"jsonrpc\":\"2.0\",\"method\":\"notifications/initialized\"}\n"))
                .isEmpty();
    }

    @Test
    void shouldRefuseALineThatIsTooLongAndGoOn() throws Exception {
        assertThat(answers("a".repeat(3 * Endpoint.LONGEST_MESSAGE) + "\n" + PING + "\n"))
                .hasSize(2)
                .anySatisfy(line -> assertThat(line).contains("at most 1048576 bytes"))
                .anySatisfy(line -> assertThat(line).contains("\"result\""));
    }

    private List<String> answers(String input) throws IOException, InterruptedException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        new StdioMessages(endpoint, out).answer(new ByteArrayInputStream(input.getBytes(StandardCharsets.UTF_8)));
        return out.toString(StandardCharsets.UTF_8).lines().toList();
    }
}
