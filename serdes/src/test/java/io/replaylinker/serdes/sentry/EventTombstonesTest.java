package io.replaylinker.serdes.sentry;

import static io.replaylinker.serdes.sentry.Decoding.assertControl;
import static io.replaylinker.serdes.sentry.Decoding.assertRejected;
import static io.replaylinker.serdes.sentry.Decoding.decodeEvent;
import static io.replaylinker.serdes.sentry.Decoding.json;
import static org.assertj.core.api.Assertions.assertThat;

import io.replaylinker.schemas.BackendEvent;
import io.replaylinker.schemas.Id;
import io.replaylinker.serdes.Decoded;
import io.replaylinker.serdes.Ids;
import io.replaylinker.serdes.RejectionReason;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The message that events were deleted. */
class EventTombstonesTest {

    private static final String FIRST = "8da5eaec2f0b4368bef4a23249f7cec9";
    private static final String SECOND = "9f8f85932b484fcf9585c96780aecbdc";

    @Test
    void shouldReadWhichEventsOfWhichProjectWereDeleted() {
        assertThat(decode("'transaction_id':'x','project_id':22,'event_ids':['" + FIRST + "','" + SECOND
                        + "'],'datetime':'2026-11-20T11:36:45Z'"))
                .isEqualTo(tombstones(0, FIRST, SECOND));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "8DA5EAEC2F0B4368BEF4A23249F7CEC9",
                "8da5eaec-2f0b-4368-bef4-a23249f7cec9",
                " 8da5eaec2f0b4368bef4a23249f7cec9 "
            })
    void shouldReadAnySpellingOfAnId(String spelling) {
        assertThat(decode("'event_ids':['" + spelling + "'],'project_id':'22'")).isEqualTo(tombstones(0, FIRST));
    }

    @Test
    void shouldLeaveOutAndCountWhatIsNoId() {
        assertThat(decode("'project_id':22,'event_ids':['8da5',null,5,['" + FIRST + "'],{},'','"
                        + "00000000000000000000000000000000','" + SECOND + "']"))
                .isEqualTo(tombstones(7, SECOND));
    }

    @Test
    void shouldNameAnEventOnce() {
        assertThat(decode("'project_id':22,'event_ids':['" + FIRST + "','" + SECOND + "','"
                        + FIRST.toUpperCase(Locale.ROOT) + "']"))
                .isEqualTo(tombstones(0, FIRST, SECOND));
    }

    @Test
    void shouldTakeTheLastOfTwoListsWithOneName() {
        assertThat(decode("'project_id':22,'event_ids':['" + FIRST + "','x'],'event_ids':['" + SECOND + "']"))
                .isEqualTo(tombstones(0, SECOND));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "'event_ids':['8da5eaec2f0b4368bef4a23249f7cec9']",
                "'project_id':0,'event_ids':['8da5eaec2f0b4368bef4a23249f7cec9']",
                "'project_id':-22,'event_ids':['8da5eaec2f0b4368bef4a23249f7cec9']",
                "'project_id':22",
                "'project_id':22,'event_ids':null",
                "'project_id':22,'event_ids':{}",
                "'project_id':22,'event_ids':[]",
                "'project_id':22,'event_ids':['x']",
                "'project_id':22,'event_ids':'8da5eaec2f0b4368bef4a23249f7cec9'"
            })
    void shouldCallAMessageThatDeletesNothingAControlMessage(String fields) {
        assertControl(decode(fields), "tombstone_events");
    }

    @ParameterizedTest
    @ValueSource(strings = {"[2,'tombstone_events']", "[2,'tombstone_events',null]", "[2,'tombstone_events',[]]"})
    void shouldCallAMessageWithoutFieldsAControlMessage(String message) {
        assertControl(decodeEvent(json(message)), "tombstone_events");
    }

    @Test
    void shouldNotTakeAnEventThatIsInsertedAgainForDeleted() {
        // Reprocessing changed the hash of the event, which stays what it was otherwise.
        assertControl(
                decode("'project_id':22,'event_ids':['" + FIRST + "'],'old_primary_hash':'" + SECOND + "'"),
                "tombstone_events");
    }

    @ParameterizedTest
    @ValueSource(strings = {"null", "false", "''"})
    void shouldReadADeletionThatSpeaksOfNoHash(String none) {
        assertThat(decode("'project_id':22,'event_ids':['" + FIRST + "'],'old_primary_hash':" + none))
                .isEqualTo(tombstones(0, FIRST));
    }

    @Test
    void shouldReadAsManyAsTheRecordHolds() {
        String[] ids =
                IntStream.rangeClosed(1, 100_000).mapToObj("%032x"::formatted).toArray(String[]::new);

        assertThat(decode("'project_id':22,'event_ids':['" + String.join("','", ids) + "']"))
                .isEqualTo(tombstones(0, ids));
    }

    @Test
    void shouldRejectWhatEndsInTheMiddle() {
        assertRejected(
                decodeEvent(json("[2,'tombstone_events',{'project_id':22,'event_ids':['" + FIRST + "'")),
                RejectionReason.NOT_JSON);
    }

    @Test
    void shouldRejectAnotherVersion() {
        assertRejected(
                decodeEvent(json("[3,'tombstone_events',{'project_id':22,'event_ids':['" + FIRST + "']}]")),
                RejectionReason.WRONG_SHAPE);
    }

    private static Decoded<BackendEvent> decode(String fields) {
        return decodeEvent(json("[2,'tombstone_events',{" + fields + "}]"));
    }

    private static Decoded<BackendEvent> tombstones(int malformed, String... ids) {
        List<Id> events =
                Arrays.stream(ids).map(Ids::parse).map(Objects::requireNonNull).toList();
        return new Decoded.Tombstones<>("tombstone_events", 22, events, malformed);
    }
}
