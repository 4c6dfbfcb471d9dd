package io.replaylinker.clickhouse;

import static org.assertj.core.api.Assertions.assertThat;

import io.replaylinker.clickhouse.query.LinkedEvent;
import io.replaylinker.schemas.Link;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

/** What comes again, late or to take something back must not show. */
class LinkRedeliveryIT extends OnTables {

    @Test
    void shouldForgetALinkThatWasRetracted() {
        insert(SampleLinks.link(1), SampleLinks.link(2));

        insert(SampleLinks.retracted(1));

        assertThat(database.currentEvents()).containsExactly("00000002");
    }

    @Test
    void shouldForgetALinkWhoseRetractionCameFirst() {
        insert(SampleLinks.retracted(1));

        insert(SampleLinks.link(1));

        assertThat(database.currentEvents()).isEmpty();
    }

    @Test
    void shouldReturnTheLatestVersionAlthoughTheStartOfTheReplayMovedToAnotherMonth() {
        Link later = SampleLinks.builder(1)
                .setVersion(2)
                .setReplayStartedMs(SampleLinks.START_MS - 30L * 86_400_000)
                .setConfidence(0.9)
                .build();
        insert(SampleLinks.link(1));

        insert(later);

        assertThat(database.currentLinks()).extracting(LinkedEvent::confidence).containsExactly(0.9);
    }

    @Test
    void shouldDropABatchThatComesAgain() {
        insert(SampleLinks.link(1), SampleLinks.link(2));

        insert(SampleLinks.link(1), SampleLinks.link(2));

        assertThat(database.query("SELECT count() FROM " + database.table())).containsExactly("2");
    }

    @Test
    void shouldAnswerTheSameAfterRedeliveryInOtherBatches() {
        List<Link> links = new ArrayList<>(
                LongStream.range(0, 300).mapToObj(SampleLinks::link).toList());
        links.add(SampleLinks.retracted(17));
        insertLinks(links);
        List<String> before = allCurrentColumns();
        long seed = 42;
        Collections.shuffle(links, new Random(seed));

        for (int from = 0; from < links.size(); from += 70) {
            insertLinks(links.subList(from, Math.min(from + 70, links.size())));
        }

        assertThat(allCurrentColumns()).as("seed " + seed).hasSize(299).isEqualTo(before);
    }

    private List<String> allCurrentColumns() {
        return database.query(
                "SELECT * REPLACE(hex(event_id) AS event_id, hex(replay_id) AS replay_id, hex(trace_id) AS trace_id,"
                        + " hex(span_id) AS span_id, hex(parent_span_id) AS parent_span_id, hex(profile_id) AS profile_id,"
                        + " length(client_span_ids) AS client_span_ids) FROM " + database.table()
                        + " FINAL ORDER BY event_id");
    }
}
