package io.replaylinker.worker.lifecycle;

import static org.assertj.core.api.Assertions.assertThat;

import io.replaylinker.serdes.RegistryUnavailableException;
import org.apache.kafka.common.errors.TimeoutException;
import org.apache.kafka.streams.errors.StreamsException;
import org.junit.jupiter.api.Test;

class JoinProcessTest {

    @Test
    void shouldGoOnAfterWhatMayPass() {
        RegistryUnavailableException registry = new RegistryUnavailableException("away", new RuntimeException());

        assertThat(JoinProcess.mayPass(new StreamsException(registry))).isTrue();
        assertThat(JoinProcess.mayPass(new StreamsException(new TimeoutException("broker"))))
                .isTrue();
    }

    @Test
    void shouldStopForAMistake() {
        assertThat(JoinProcess.mayPass(new StreamsException(new NullPointerException())))
                .isFalse();
    }
}
