package io.replaylinker.tools.check;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.Map;
import org.junit.jupiter.api.Test;

class MachineCheckIT {

    @Test
    void shouldFindAPortInUseAndAnAddressOfNobody() throws Exception {
        try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            String port = Integer.toString(taken.getLocalPort());

            look(Map.of("http.port", port))
                    .assertFound(Severity.PROBLEM, "http.port", port + " of 127.0.0.1 cannot be listened on");
        }
        look(Map.of("http.bind", "no such host")).assertFound(Severity.PROBLEM, "http.bind", "is not an address");
        assertThat(look(Map.of("http.port", "-1")).findings())
                .extracting(Finding::subject)
                .doesNotContain("http.port");
    }

    @Test
    void shouldFindAHeapThatIsTooSmallForTheState() throws Exception {
        look(Map.of("state.memory", "900g")).assertFound(Severity.PROBLEM, "memory", "too little heap for the state");
    }

    @Test
    void shouldSuggestWhatWasMeantByAStrangeNameOfKafkas() throws Exception {
        Looking looking = Looking.at(CheckWiring.given(
                Looking.read(Map.of("kafka.consumer.max.pol.records", "7", "kafka.my.plugin.vault.address", "x"))));

        assertThat(looking.bad())
                .filteredOn(finding -> finding.subject().startsWith("kafka."))
                .extracting(Finding::remedy)
                .containsExactly("do you mean kafka.consumer.max.poll.records?", "right if a plugin of yours reads it");
    }

    private static Looking look(Map<String, String> settings) throws Exception {
        return Looking.at(CheckWiring.machine(Looking.read(settings)));
    }
}
