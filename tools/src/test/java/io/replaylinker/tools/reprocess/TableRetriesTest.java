package io.replaylinker.tools.reprocess;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.replaylinker.clickhouse.ErrorClass;
import io.replaylinker.clickhouse.StorageException;
import io.replaylinker.runtime.cli.CommandFailedException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;

class TableRetriesTest {

    private final StringWriter output = new StringWriter();
    private int attempts;

    @Test
    void shouldAskAgainWhenTheFailureMayPass() {
        TableRetries retries = new TableRetries(new PrintWriter(output), () -> false);

        int answer = retries.ask(
                () -> attempts++ == 0 ? failing(ErrorClass.RETRYABLE).get() : 42);

        assertThat(answer).isEqualTo(42);
        assertThat(output.toString()).contains("the server is away; retrying in ");
    }

    @Test
    void shouldNotAskAgainWhenThatChangesNothing() {
        TableRetries retries = new TableRetries(new PrintWriter(output), () -> false);

        assertThatThrownBy(() -> retries.ask(failing(ErrorClass.PERMANENT))).isInstanceOf(StorageException.class);

        assertThat(attempts).isEqualTo(1);
        assertThat(output.toString()).isEmpty();
    }

    @Test
    void shouldStopWhileItWaits() {
        TableRetries retries = new TableRetries(new PrintWriter(output), () -> true);

        assertThatThrownBy(() -> retries.ask(failing(ErrorClass.CIRCUIT_BREAK)))
                .isInstanceOf(CommandFailedException.class)
                .hasMessage("stopped before the end");
    }

    private Supplier<Integer> failing(ErrorClass errorClass) {
        return () -> {
            attempts++;
            throw new StorageException(errorClass, "the server is away");
        };
    }
}
