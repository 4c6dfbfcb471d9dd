package io.replaylinker.topology.claim;

import static io.replaylinker.topology.Samples.at;
import static io.replaylinker.topology.Samples.id;
import static org.assertj.core.api.Assertions.assertThat;

import io.replaylinker.schemas.ErrorNaming;
import io.replaylinker.schemas.ReplayObservation;
import io.replaylinker.schemas.ReplaySegment;
import io.replaylinker.schemas.TraceObservation;
import io.replaylinker.serdes.Ids;
import io.replaylinker.topology.Samples;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import org.junit.jupiter.api.Test;

/** Times in seconds after ten o'clock by the server; the segment is received at 60, began at 0 and ended at 60. */
class SegmentReaderTest {

    private static final double HOUR = 3_600;
    private static final double DAY = 24 * HOUR;

    private final SegmentReader reader = new SegmentReader(new UserHashes(new byte[] {1}));
    private final ReplaySegment segment = Samples.segment(0xa, 0, 0, 60, 0x7);

    @Test
    void shouldTakeNoSegmentWithoutAReplayId() {
        segment.setReplayId("0".repeat(32));

        assertThat(reader.read(segment, at(60))).isNull();
    }

    @Test
    void shouldReadTheTimesOfADeviceWhoseClockIsRight() {
        assertTimes(0, 60, 60);
    }

    @Test
    void shouldSetTheClockBackOfADeviceThatIsAhead() {
        segment.setReplayStartMs(at(2 * HOUR));
        segment.setTimestampMs(at(2 * HOUR + 60));

        assertTimes(0, 60, 60);
    }

    @Test
    void shouldSetTheClockBackOfADeviceThatIsDaysAhead() {
        segment.setReplayStartMs(at(3 * DAY));
        segment.setTimestampMs(at(3 * DAY + 60));

        assertTimes(0, 60, 60);
    }

    @Test
    void shouldLeaveTheTimesOfALateUpload() {
        segment.setReplayStartMs(at(-30 * HOUR));
        segment.setTimestampMs(at(-30 * HOUR + 60));

        assertTimes(-30 * HOUR, -30 * HOUR + 60, 60);
    }

    @Test
    void shouldBelieveNoUploadThatItIsOlderThanAMonth() {
        segment.setReplayStartMs(at(-400 * DAY));
        segment.setTimestampMs(at(-400 * DAY + 60));

        ReplayObservation observation = observation();

        assertThat(observation.getDeviceMs()).isEqualTo(at(60) - SegmentReader.LATEST_UPLOAD_MS);
        assertThat(observation.getStartedMs()).isEqualTo(observation.getDeviceMs() - SegmentReader.LONGEST_REPLAY_MS);
    }

    @Test
    void shouldBelieveNoReplayThatItIsLongerThanADay() {
        segment.setReplayStartMs(at(-3 * DAY));

        assertTimes(60 - DAY, 60, 60);
    }

    @Test
    void shouldLeaveTheStartAloneWhereTheEndAloneIsForged() {
        segment.setTimestampMs(at(400 * DAY));

        assertTimes(0, 60, 60);
    }

    @Test
    void shouldNotLetAForgedStartBeginAfterTheEnd() {
        segment.setReplayStartMs(at(400 * DAY));

        ReplayObservation observation = observation();

        assertThat(observation.getStartedMs()).isBetween(at(60 - 2 * DAY) - SegmentReader.LATEST_UPLOAD_MS, at(60));
        assertThat(observation.getStartedMs()).isLessThanOrEqualTo(observation.getDeviceMs());
        assertThat(observation.getSeenMs()).isEqualTo(at(60));
    }

    @Test
    void shouldUseTheServersTimeWhereTheDeviceNamesNone() {
        segment.setReplayStartMs(null);
        segment.setTimestampMs(-5L);

        assertTimes(60, 60, 60);
    }

    @Test
    void shouldUseTheStartWhereTheDeviceNamesNoEnd() {
        segment.setTimestampMs(null);

        assertTimes(0, 0, 60);
    }

    @Test
    void shouldNotBelieveAReceiveTimeThatIsAheadOfTheRecord() {
        segment.setReceivedMs(at(DAY));

        assertThat(observation().getSeenMs()).isEqualTo(at(60) + EventTime.SKEW_MS);
    }

    @Test
    void shouldStayWithinBoundsWhateverTheDeviceReports() {
        for (long start : new long[] {Long.MIN_VALUE, -1, 1, at(0), at(61), at(400 * DAY), Long.MAX_VALUE}) {
            for (long end : new long[] {Long.MIN_VALUE, -1, 1, at(0), at(61), at(400 * DAY), Long.MAX_VALUE}) {
                segment.setReplayStartMs(start);
                segment.setTimestampMs(end);

                ReplayObservation observation = observation();

                long earliest = at(60) - SegmentReader.LATEST_UPLOAD_MS - SegmentReader.LONGEST_REPLAY_MS;
                assertThat(observation.getStartedMs())
                        .as("start %d, end %d", start, end)
                        .isBetween(earliest, observation.getDeviceMs());
                assertThat(observation.getDeviceMs())
                        .as("start %d, end %d", start, end)
                        .isLessThanOrEqualTo(at(60));
            }
        }
    }

    @Test
    void shouldTeachEachTraceOnce() {
        segment.setTraceIds(List.of(id(7), "none", id(7).toUpperCase(Locale.ROOT), "0".repeat(32), id(8)));
        segment.setUserId("u1");
        segment.setUserAddress("203.0.113.9");
        ReplayObservation observation = observation();

        List<TraceObservation> traces = SegmentReader.traces(segment, observation);

        assertThat(traces).extracting(trace -> Ids.hex(trace.getTraceId())).containsExactly(id(7), id(8));
        assertThat(traces).allSatisfy(trace -> {
            assertThat(trace.getReplayId()).isEqualTo(observation.getReplayId());
            assertThat(trace.getTeaches()).isTrue();
            assertThat(trace.getSpanId()).isNull();
            assertThat(trace.getStartedMs()).isEqualTo(at(0));
            assertThat(trace.getEndedMs()).isEqualTo(at(60));
            assertThat(trace.getUser()).isNotNull().isEqualTo(observation.getUser());
            assertThat(trace.getAddress()).isNotNull().isEqualTo(observation.getAddress());
        });
    }

    @Test
    void shouldNameEachErrorOfTheRecorderOnce() {
        segment.setErrorIds(List.of(id(1), "none", id(1).toUpperCase(Locale.ROOT), id(2)));
        segment.setOrganizationId(1L);
        ReplayObservation observation = observation();

        List<ErrorNaming> errors = SegmentReader.errors(segment, observation);

        assertThat(errors).extracting(error -> Ids.hex(error.getEventId())).containsExactly(id(1), id(2));
        assertThat(errors).allSatisfy(error -> {
            assertThat(error.getReplayId()).isEqualTo(observation.getReplayId());
            assertThat(error.getOrganizationId()).isEqualTo(1);
            assertThat(error.getProjectId()).isEqualTo(Samples.WEB);
            assertThat(error.getSeenMs()).isEqualTo(at(60));
        });
    }

    @Test
    void shouldTakeNothingButTheArchivingFromAnArchiveRequest() {
        segment.setIsArchived(true);
        segment.setErrorIds(List.of(id(1)));

        ReplayObservation observation = observation();

        assertThat(observation.getArchived()).isTrue();
        assertThat(observation.getProof()).isFalse();
        assertThat(SegmentReader.traces(segment, observation)).isEmpty();
        assertThat(SegmentReader.errors(segment, observation)).isEmpty();
    }

    private ReplayObservation observation() {
        return Objects.requireNonNull(reader.read(segment, at(60)));
    }

    private void assertTimes(double started, double device, double seen) {
        ReplayObservation observation = observation();
        assertThat(List.of(observation.getStartedMs(), observation.getDeviceMs(), observation.getSeenMs()))
                .containsExactly(at(started), at(device), at(seen));
    }
}
