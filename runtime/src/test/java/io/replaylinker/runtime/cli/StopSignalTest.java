package io.replaylinker.runtime.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class StopSignalTest {

    private static final Duration TIMEOUT = Duration.ofSeconds(30);
    private static final int OWN_EXIT_CODE = 7;

    /** A program that takes the requested time to close. */
    static final class Program {

        private Program() {}

        public static void main(String[] args) throws InterruptedException {
            try (StopSignal stop = StopSignal.install(OWN_EXIT_CODE)) {
                System.out.println("started");
                while (!stop.await(Duration.ofSeconds(1))) {
                    Thread.onSpinWait();
                }
                System.out.println("closing");
                Thread.sleep(Long.parseLong(args[0]));
            }
        }
    }

    @Test
    void shouldCloseAndEndWithItsOwnCodeAtTheFirstSignal() throws Exception {
        Process program = start(0);
        try (BufferedReader output = program.inputReader(StandardCharsets.UTF_8)) {
            assertThat(output.readLine()).isEqualTo("started");
            send("TERM", program);
            assertThat(output.readLine()).isEqualTo("closing");
            assertThat(program.waitFor(TIMEOUT.toSeconds(), TimeUnit.SECONDS)).isTrue();
            assertThat(program.exitValue()).isEqualTo(OWN_EXIT_CODE);
        } finally {
            program.destroyForcibly();
        }
    }

    @ParameterizedTest
    @CsvSource({"TERM,143", "INT,130"})
    void shouldEndAtOnceAtTheSecondSignal(String signal, int exitCode) throws Exception {
        Process program = start(Duration.ofMinutes(5).toMillis());
        try (BufferedReader output = program.inputReader(StandardCharsets.UTF_8)) {
            assertThat(output.readLine()).isEqualTo("started");
            send(signal, program);
            assertThat(output.readLine()).isEqualTo("closing");
            send(signal, program);
            assertThat(program.waitFor(TIMEOUT.toSeconds(), TimeUnit.SECONDS)).isTrue();
            assertThat(program.exitValue()).isEqualTo(exitCode);
        } finally {
            program.destroyForcibly();
        }
    }

    private static void send(String signal, Process program) throws IOException, InterruptedException {
        new ProcessBuilder("kill", "-" + signal, String.valueOf(program.pid()))
                .start()
                .waitFor();
    }

    private static Process start(long closesForMillis) throws IOException {
        String classPath = System.getProperty("surefire.test.class.path", System.getProperty("java.class.path"));
        String java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
        return new ProcessBuilder(List.of(
                        java,
                        "-Xmx64m",
                        "-XX:TieredStopAtLevel=1",
                        "-cp",
                        classPath,
                        Program.class.getName(),
                        String.valueOf(closesForMillis)))
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
    }
}
