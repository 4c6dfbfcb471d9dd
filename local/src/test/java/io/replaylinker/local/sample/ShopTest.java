package io.replaylinker.local.sample;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

class ShopTest {

    private static final Path SAMPLE = Path.of("src/main/resources/io/replaylinker/local/shop.ndjson");

    /** Run with {@code -Dsample.write=true} to take over a change of the story. */
    @Test
    void shouldMatchTheResourcesAsGenerated() throws IOException {
        List<String> generated = Shop.dump();
        if (Boolean.getBoolean("sample.write")) {
            Files.write(SAMPLE, generated);
        }

        assertThat(Files.readAllLines(SAMPLE)).isEqualTo(generated);
    }
}
