package io.replaylinker.local.visits;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class ScoreTest {

    @Test
    void shouldCountRightWrongAndMissedLinks() {
        List<TrueEvent> events = List.of(
                event("found", "r1", true),
                event("luck", "r1", false),
                event("missed", "r1", true),
                event("other", "r2", true),
                event("invented", null, false),
                event("left", null, false));

        Score.Line total = Score.of(events, Map.of("found", "r1", "luck", "r1", "other", "r1", "invented", "r1"))
                .total();

        assertThat(total).isEqualTo(new Score.Line("all", "all", 6, 2, 2, 3, 1));
        assertThat(total.missed()).isEqualTo(2);
        assertThat(total.precision()).isEqualTo(0.5);
        assertThat(total.recall()).isEqualTo(1.0 / 3);
    }

    @Test
    void shouldShowEachGroup() {
        Score score = Score.of(
                List.of(
                        event("a", "r1", true),
                        new TrueEvent("b", 1, EventKind.SPAN, PageKind.NONE, Sdk.NONE, null, false, "")),
                Map.of("a", "r1"));

        JsonNode json = Dump.read(score.json());

        assertThat(json).hasSize(7);
        assertThat(json.get(1).get("name").asText()).isEqualTo("cached");
        assertThat(json.get(1).get("recall").asDouble()).isEqualTo(1);
        assertThat(score.table().lines())
                .hasSize(8)
                .anyMatch(line -> line.matches("page +cached .* 1\\.0000 +1\\.0000"));
    }

    @Test
    void shouldCallNoLinksPrecise() {
        assertThat(Score.of(List.of(event("a", null, false)), Map.of()).total().precision())
                .isEqualTo(1);
    }

    private static TrueEvent event(String id, @Nullable String replay, boolean provable) {
        return new TrueEvent(id, 11, EventKind.ERROR, PageKind.CACHED, Sdk.SDK10, replay, provable, "");
    }
}
