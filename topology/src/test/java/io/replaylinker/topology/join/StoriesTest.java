package io.replaylinker.topology.join;

import static org.assertj.core.api.Assertions.assertThat;

import io.replaylinker.schemas.UnlinkedReason;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** The random stories meet every rule, and the oracle nearly always knows what is right: else the properties would prove little. */
class StoriesTest {

    private static final int STORIES = 1_000;

    private final long seed = Long.getLong("seed", System.nanoTime());
    private final List<Expected> all = expected();

    @Test
    void shouldMeetEveryReasonAndEveryKindOfLink() {
        Set<UnlinkedReason> reasons = all.stream()
                .filter(right ->
                        right.links().contains(Expected.NONE) && right.reasons().size() == 1)
                .flatMap(right -> right.reasons().stream())
                .collect(Collectors.toSet());
        List<String> links = all.stream()
                .filter(Expected::isLink)
                .flatMap(right -> right.links().stream())
                .toList();

        assertThat(reasons)
                .as("seed %d", seed)
                .containsAll(EnumSet.range(UnlinkedReason.NO_EVIDENCE, UnlinkedReason.BUFFER_NOT_SENT));
        for (String kind :
                List.of("REPLAY_ID 1.0", "ERROR_ID 1.0", "SPAN 0.98", "TRACE 0.9", "USER 0.7", "out of session")) {
            assertThat(links).as("seed %d", seed).anyMatch(link -> link.contains(kind));
        }
    }

    @Test
    void shouldLeaveLittleOpen() {
        assertThat(share(Expected::isLink)).as("linked, seed %d", seed).isGreaterThan(0.15);
        assertThat(share(Expected::isOpen)).as("open, seed %d", seed).isLessThan(0.1);
    }

    private double share(Predicate<Expected> some) {
        return all.stream().filter(some).count() / (double) all.size();
    }

    private List<Expected> expected() {
        List<Expected> found = new ArrayList<>();
        for (Story story : Stories.some(Stories.all(), STORIES, new Random(seed))) {
            found.addAll(story.oracle().expected().values());
        }
        return found;
    }
}
