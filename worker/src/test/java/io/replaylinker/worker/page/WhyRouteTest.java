package io.replaylinker.worker.page;

import static org.assertj.core.api.Assertions.assertThat;

import io.replaylinker.schemas.Id;
import io.replaylinker.topology.join.Explained;
import io.replaylinker.worker.http.RouteRequest;
import io.replaylinker.worker.http.RouteResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** How long and by how many the join may be asked; what it answers is tested where it runs. */
class WhyRouteTest {

    private static final RouteRequest REQUEST = new RouteRequest("/api/why", Map.of("q", "E0E0-0001"));
    private static final Id WANTED = new Id(HexFormat.of().parseHex("e0e00001aaaa4aaa8aaa000000000001"));
    private static final Id OTHER = new Id(HexFormat.of().parseHex("e0e00002aaaa4aaa8aaa000000000001"));

    @Test
    void shouldAskForEventsThatBeginLikeThat() {
        WhyRoute route = new WhyRoute(
                (by, event) -> {
                    assertThat(event.test(WANTED)).isTrue();
                    assertThat(event.test(OTHER)).isFalse();
                    return List.of();
                },
                Duration.ofMinutes(1));

        assertThat(body(route.answer(REQUEST))).contains("\"id\" : \"e0e00001\"", "\"problem\" : null");
    }

    @Test
    void shouldAskByTraceAndReplay() {
        List<Explained> asked = new ArrayList<>();
        WhyRoute route = new WhyRoute(
                (by, id) -> {
                    asked.add(by);
                    return List.of();
                },
                Duration.ofMinutes(1));

        for (String kind : List.of("trace", "replay", "event")) {
            body(route.answer(new RouteRequest("/api/why", Map.of("q", "e0e00001", "kind", kind))));
        }
        assertThat(asked).containsExactly(Explained.TRACE, Explained.REPLAY, Explained.EVENT);
        assertThat(route.answer(new RouteRequest("/api/why", Map.of("q", "e0e00001", "kind", "shop")))
                        .status())
                .isEqualTo(400);
    }

    @Test
    void shouldStopALookThatTakesTooLong() {
        WhyRoute route = new WhyRoute(
                (by, event) -> {
                    // As a join with more rows than can be gone through.
                    long giveUp = System.nanoTime() + Duration.ofMinutes(1).toNanos();
                    while (System.nanoTime() < giveUp) {
                        assertThat(event.test(OTHER)).isFalse();
                    }
                    return List.of();
                },
                Duration.ofMillis(20));

        assertThat(body(route.answer(REQUEST))).contains("more rows than can be gone through");
    }

    @Test
    void shouldLetOneLookAtATime() {
        List<WhyRoute> itself = new ArrayList<>();
        List<Integer> seconds = new ArrayList<>();
        WhyRoute route = new WhyRoute(
                (by, event) -> {
                    if (seconds.isEmpty()) {
                        seconds.add(itself.get(0).answer(REQUEST).status());
                    }
                    return List.of();
                },
                Duration.ofMinutes(1));
        itself.add(route);

        assertThat(route.answer(REQUEST).status()).isEqualTo(200);
        assertThat(seconds).containsExactly(503);
        assertThat(route.answer(REQUEST).status()).isEqualTo(200);
    }

    private static String body(RouteResponse response) {
        assertThat(response.status()).isEqualTo(200);
        return new String(response.body(), StandardCharsets.UTF_8);
    }
}
