package io.replaylinker.clickhouse;

import static org.assertj.core.api.Assertions.assertThat;

import io.replaylinker.schemas.EventSummary;
import io.replaylinker.schemas.Link;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The columns that sort events, beside the rule in Java. */
class EventKindIT extends OnTables {

    private static final List<String> TYPES =
            List.of("error", "default", "transaction", "Transaction", "span", "feedback", "performance", "");
    private static final List<String> PLATFORMS =
            List.of("node", "javascript", "cocoa", "java-android", "dart", "other", "JavaScript", "");

    @Test
    void shouldSortEveryEventAsTheProgramDoes() {
        List<Link> links = new ArrayList<>();
        List<String> expected = new ArrayList<>();
        for (String type : TYPES) {
            for (String platform : PLATFORMS) {
                for (boolean occurrence : new boolean[] {false, true}) {
                    EventSummary event = SampleLinks.event(links.size())
                            .setType(type)
                            .setPlatform(platform)
                            .setOccurrence(occurrence)
                            .build();
                    EventKind kind = EventKind.of(event);
                    links.add(SampleLinks.builder(links.size()).setEvent(event).build());
                    expected.add(kind.code() + "\t" + (kind.isError() ? 4 : 0));
                }
            }
        }

        insertLinks(links);

        assertThat(database.queryInside("SELECT kind, severity FROM replay_links FINAL ORDER BY event_id"))
                .isEqualTo(expected);
    }

    /** An error, a call of a backend as a segment span, and feedback of the highest level. */
    @Test
    void shouldTakeOnlyErrorsForErrorsOfAReplay() {
        insert(link(1, "error", false), link(2, "span", false), link(3, "feedback", true));

        assertThat(database.queryInside("SELECT groupBitOr(kinds), max(worst_level), uniqMerge(errors) FROM replays"))
                .containsExactly("19\t5\t1");
    }

    private static Link link(long number, String type, boolean occurrence) {
        return SampleLinks.builder(0)
                .setEvent(SampleLinks.event(number)
                        .setType(type)
                        .setLevel("fatal")
                        .setPlatform("node")
                        .setOccurrence(occurrence)
                        .build())
                .build();
    }
}
