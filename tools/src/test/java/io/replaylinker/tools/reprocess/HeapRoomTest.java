package io.replaylinker.tools.reprocess;

import static org.assertj.core.api.Assertions.assertThat;

import io.replaylinker.runtime.cli.CommandFailedException;
import io.replaylinker.testkit.DocumentedBlock;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class HeapRoomTest {

    private static final int MEGABYTES = 64;

    /** Remembers more and more, and looks now and then whether there is room, as a run does. */
    static final class Program {

        private Program() {}

        public static void main(String[] args) {
            HeapRoom room = new HeapRoom();
            List<byte[]> remembered = new ArrayList<>();
            try {
                while (true) {
                    for (int i = 0; i < 1_000; i++) {
                        remembered.add(new byte[300]);
                    }
                    room.require("with something");
                }
            } catch (CommandFailedException e) {
                System.out.println(e.getMessage());
                System.out.println((remembered.size() * 300L) >> 20);
            }
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"-XX:+UseSerialGC", "-XX:+UseG1GC"})
    void shouldReportWhatToDoBeforeTheJvmEndsItself(String collector) throws IOException, InterruptedException {
        Process program = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        collector,
                        "-Xmx" + MEGABYTES + "m",
                        "-XX:+ExitOnOutOfMemoryError",
                        "-XX:TieredStopAtLevel=1",
                        "-cp",
                        System.getProperty("surefire.test.class.path", System.getProperty("java.class.path")),
                        Program.class.getName())
                .redirectErrorStream(true)
                .start();
        List<String> output = new String(program.getInputStream().readAllBytes(), StandardCharsets.UTF_8)
                .lines()
                .toList();

        assertThat(program.waitFor(1, TimeUnit.MINUTES)).isTrue();
        assertThat(output).hasSize(2);
        DocumentedBlock.of(
                        "docs/reprocessing.md",
                        "the heap of 512 MB is full, with the records up to 2026-11-21 09:14:07 UTC: run the range in parts, one after the other (--from, --to), or set a larger -Xmx")
                .shows(output.get(0)
                        .replaceFirst("of \\d+ MB", "of 512 MB")
                        .replace("with something", "with the records up to 2026-11-21 09:14:07 UTC"));
        assertThat(Integer.parseInt(output.get(1))).as("megabytes").isBetween(MEGABYTES / 2, MEGABYTES);
    }
}
