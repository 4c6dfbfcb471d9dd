package io.replaylinker.benchmarks.join;

import static org.assertj.core.api.Assertions.assertThat;

import io.replaylinker.schemas.EventSummary;
import io.replaylinker.schemas.Id;
import io.replaylinker.schemas.Link;
import java.nio.ByteBuffer;
import java.util.Map;
import org.junit.jupiter.api.Test;

class LinkCheckTest {

    private final LinkCheck check = new LinkCheck(Map.of(id(1), id(11), id(2), id(12)));
    private final Measurements measured = new Measurements();

    @Test
    void shouldFindEachExpectedLinkOnce() {
        check.take(link(1, 11, 5));
        check.take(link(2, 12, 5));

        assertCounts(2, 0, 0, 0);
    }

    /** Their number is right, and still one is missing. */
    @Test
    void shouldNotTakeAnotherEventsLinkForTheMissingOne() {
        check.take(link(1, 11, 5));
        check.take(link(3, 12, 5));

        assertCounts(2, 1, 1, 0);
    }

    @Test
    void shouldNotTakeALinkToAnotherReplay() {
        check.take(link(1, 11, 5));
        check.take(link(2, 11, 5));

        assertCounts(2, 0, 1, 0);
    }

    @Test
    void shouldCountALinkThatIsWrittenTwiceAndOneThatIsRetracted() {
        Link retracted = link(2, 12, 6);
        retracted.setDeleted(true);
        check.take(link(1, 11, 5));
        check.take(link(1, 11, 5));
        check.take(link(2, 12, 5));
        check.take(retracted);

        assertCounts(1, 1, 0, 1);
        assertThat(measured.get(Measurements.REVISIONS)).isOne();
    }

    private void assertCounts(long links, long missing, long wrong, long duplicates) {
        check.put(measured);
        assertThat(measured.get(Measurements.LINKS)).isEqualTo(links);
        assertThat(measured.get(Measurements.LINKS_MISSING)).isEqualTo(missing);
        assertThat(measured.get(Measurements.LINKS_WRONG)).isEqualTo(wrong);
        assertThat(measured.get(Measurements.DUPLICATES)).isEqualTo(duplicates);
    }

    private static Link link(int event, int replay, long version) {
        EventSummary summary = new EventSummary();
        summary.setEventId(id(event));
        Link link = new Link();
        link.setEvent(summary);
        link.setReplayId(id(replay));
        link.setVersion(version);
        return link;
    }

    private static Id id(int number) {
        return new Id(ByteBuffer.allocate(16).putInt(12, number).array());
    }
}
