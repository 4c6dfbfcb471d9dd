package io.replaylinker.worker.check;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class MachineCheckIT {

    @TempDir
    private Path folder = Path.of("");

    @Test
    void shouldFindAPortInUseAndAnAddressOfNobody() throws Exception {
        try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            String port = Integer.toString(taken.getLocalPort());

            look(Map.of("http.port", port))
                    .assertFound(Severity.PROBLEM, "http.port", port + " of 127.0.0.1 cannot be listened on");
        }
        look(Map.of("http.bind", "no such host")).assertFound(Severity.PROBLEM, "http.bind", "is no address");
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
        Looking looking = Looking.at(new SettingsLook(
                Looking.read(Map.of("kafka.consumer.max.pol.records", "7", "kafka.my.plugin.vault.address", "x"))));

        assertThat(looking.bad())
                .filteredOn(finding -> finding.subject().startsWith("kafka."))
                .extracting(Finding::remedy)
                .containsExactly("do you mean kafka.consumer.max.poll.records?", "right if a plugin of yours reads it");
    }

    private Looking look(Map<String, String> settings) throws Exception {
        return Looking.at(new MachineCheck(Looking.read(settings)));
    }

    /** A lock of this JVM's own would be told by an exception and not by the lock. */
    private static Process holding(Path lock) throws Exception {
        Process process = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-cp",
                        System.getProperty("surefire.test.class.path", System.getProperty("java.class.path")),
                        Holder.class.getName(),
                        lock.toString())
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        assertThat(process.getInputStream().read()).as("it holds the lock").isEqualTo('!');
        return process;
    }

    /** Locks a file until it is killed. */
    static final class Holder {

        private Holder() {}

        public static void main(String[] args) throws Exception {
            try (FileChannel channel =
                            FileChannel.open(Path.of(args[0]), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
                    FileLock lock = channel.lock()) {
                System.out.write(lock.isValid() ? '!' : '?');
                System.out.flush();
                System.in.read();
            }
        }
    }
}
