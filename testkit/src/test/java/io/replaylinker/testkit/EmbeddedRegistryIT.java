package io.replaylinker.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import org.junit.jupiter.api.Test;

class EmbeddedRegistryIT {
    @Test
    void shouldAnswer() throws Exception {
        long t0 = System.nanoTime();
        try (EmbeddedRegistry registry = EmbeddedRegistry.start()) {
            System.out.println("start ms " + (System.nanoTime() - t0) / 1_000_000);
            HttpResponse<String> r = HttpClient.newHttpClient()
                    .send(
                            HttpRequest.newBuilder(URI.create(registry.url() + "/schemas/ids/99"))
                                    .build(),
                            HttpResponse.BodyHandlers.ofString());
            assertThat(r.statusCode()).isEqualTo(404);
        }
    }
}
