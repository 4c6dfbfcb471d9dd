package io.replaylinker.topology;

import static org.assertj.core.api.Assertions.assertThat;

import io.replaylinker.schemas.Id;
import io.replaylinker.serdes.Ids;
import io.replaylinker.topology.join.Tombstone;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** How the news that an event was deleted gets to the join. */
class TombstonesTest {

    private static final long SEEN = Samples.at(7);

    private final Pipeline pipeline = Pipeline.ofSentry();

    @AfterEach
    void close() {
        pipeline.close();
    }

    @Test
    void shouldRouteEachDeletedEventToBothSteps() {
        pipeline.json("events", tombstones(quoted(1) + "," + quoted(2) + ",'x'"), SEEN);

        List<JoinInput> expected = List.of(tombstone(1), tombstone(2));
        assertThat(pipeline.shuffled("by-trace")).isEqualTo(expected);
        assertThat(pipeline.shuffled("by-replay")).isEqualTo(expected);
    }

    @Test
    void shouldCountThemAsTheControlMessageThatTheyAre() {
        pipeline.json("events", tombstones(quoted(1) + "," + quoted(2) + ",'x',null"), SEEN);

        assertThat(pipeline.count("replay.linker.control", "topic", "events", "operation", "tombstone_events"))
                .isOne();
        assertThat(pipeline.count("replay.linker.oddities", "kind", "malformed_event_id"))
                .isEqualTo(2);
        assertThat(pipeline.deadLetters()).isEmpty();
    }

    @Test
    void shouldOnlyCountOtherControlMessages() {
        pipeline.json("events", "[2,'exclude_groups',{'project_id':22,'group_ids':[1]}]", SEEN)
                .json("events", "[2,'end_delete_groups',{'project_id':22,'group_ids':[1]}]", SEEN);

        assertThat(pipeline.shuffled("by-trace")).isEmpty();
        assertThat(pipeline.count("replay.linker.control", "topic", "events", "operation", "exclude_groups"))
                .isOne();
        assertThat(pipeline.count("replay.linker.control", "topic", "events", "operation", "end_delete_groups"))
                .isOne();
    }

    @Test
    void shouldGoToAllPartitions() {
        assertThat(Routes.partitioner().partitions("by-trace", new byte[0], tombstone(1), 3))
                .contains(Set.of(0, 1, 2));
    }

    private static String tombstones(String ids) {
        return "[2,'tombstone_events',{'project_id':22,'event_ids':[" + ids + "]}]";
    }

    private static String quoted(int event) {
        return "'" + Samples.id(event) + "'";
    }

    private static JoinInput tombstone(int event) {
        Id id = Objects.requireNonNull(Ids.parse(Samples.id(event)));
        return new JoinInput.EventTombstone(new Tombstone(22, id, SEEN));
    }
}
