package io.replaylinker.topology;

import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.replaylinker.schemas.BackendEvent;
import io.replaylinker.schemas.Link;
import io.replaylinker.schemas.ReplaySegment;
import io.replaylinker.schemas.Unlinked;
import io.replaylinker.schemas.UnlinkedReason;
import io.replaylinker.topology.join.JoinSettings;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Properties;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.streams.StreamsConfig;
import org.apache.kafka.streams.TopologyTestDriver;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Recorded input is linked as it would have been at its time, while the wall clock stands still. */
class RecordTimeWatermarksTest {

    private static final int REPLAY = 0xa;
    private static final int OTHER_REPLAY = 0xb;
    private static final int TRACE = 0x7;
    private static final int OTHER_TRACE = 0x8;
    private static final double MINUTES = 60;

    private final ReplayLinkTopology topology;
    private final TopologyTestDriver driver;

    RecordTimeWatermarksTest() {
        WatermarkSettings watermark = WatermarkSettings.recorded(Duration.ofMinutes(1));
        topology = new ReplayLinkTopology(
                Pipeline.settings(JoinSettings.defaults(), watermark),
                new SimpleMeterRegistry(),
                Clock.fixed(Instant.ofEpochMilli(Samples.at(3 * 3600)), ZoneOffset.UTC));
        Properties config = new Properties();
        config.put(
                StreamsConfig.APPLICATION_ID_CONFIG,
                "record-clock-" + ProcessHandle.current().pid());
        config.put(StreamsConfig.BOOTSTRAP_SERVERS_CONFIG, "nowhere:9092");
        config.put(StreamsConfig.ENSURE_EXPLICIT_INTERNAL_RESOURCE_NAMING_CONFIG, true);
        driver = new TopologyTestDriver(topology.build(), config, Instant.EPOCH);
    }

    @AfterEach
    void close() {
        driver.close();
    }

    @Test
    void shouldNotLinkATraceWhoseReplayIsSeenAfterTheWait() {
        // Given an error that has nothing but a trace, and a replay stream that goes on for 20 minutes
        event(Samples.error(1, 0, TRACE));
        segments(OTHER_REPLAY, 20 * MINUTES);

        // When
        segment(Samples.segment(REPLAY, 0, -5, 20 * MINUTES, TRACE));
        end();

        // Then
        assertThat(links()).isEmpty();
        assertThat(reasons()).containsExactly(UnlinkedReason.TRACE_NOT_SEEN);
    }

    @Test
    void shouldLinkATraceWhoseReplayIsSeenWithinTheWait() {
        event(Samples.error(1, 0, TRACE));
        segments(OTHER_REPLAY, 14 * MINUTES);

        segment(Samples.segment(REPLAY, 0, -5, 14 * MINUTES, TRACE));
        end();

        assertThat(links()).hasSize(1);
        assertThat(reasons()).isEmpty();
    }

    @Test
    void shouldLinkAnEventThatNamesItsReplayAfterTheWait() {
        // Given an error that names its replay and is published as unlinked after 15 minutes
        event(Samples.named(Samples.error(1, 0), REPLAY));
        segments(OTHER_REPLAY, 20 * MINUTES);
        assertThat(reasons()).containsExactly(UnlinkedReason.REPLAY_NOT_SEEN);

        // When
        segment(Samples.segment(REPLAY, 0, -5, 20 * MINUTES));
        end();

        // Then
        assertThat(links()).hasSize(1);
    }

    @Test
    void shouldForgetAReplayAfterItsMemory() {
        segment(Samples.segment(REPLAY, 0, 0, 5, TRACE));
        segments(OTHER_REPLAY, 2 * 60 * MINUTES);

        event(Samples.error(1, 2 * 60 * MINUTES, TRACE));
        end();

        assertThat(links()).isEmpty();
        assertThat(reasons()).containsExactly(UnlinkedReason.TRACE_NOT_SEEN);
    }

    @Test
    void shouldTakeTheReplayStreamToBeIdleInTheTimeOfTheRecords() {
        // Given no segment for 20 minutes, while other events come
        event(Samples.error(1, 0, TRACE));
        for (int minute = 1; minute <= 20; minute++) {
            event(Samples.error(100 + minute, minute * MINUTES, OTHER_TRACE));
        }

        // When
        segment(Samples.segment(REPLAY, 0, -5, 20 * MINUTES, TRACE));
        end();

        // Then
        assertThat(links()).isEmpty();
    }

    @Test
    void shouldWaitForSegmentsThatPauseForLessThanTheIdleTime() {
        // Given 14:30 minutes without an event, the replay stream at a minute less
        event(Samples.error(1, 0, TRACE));
        segment(Samples.segment(OTHER_REPLAY, 0, 0, 14.5 * MINUTES));

        // When the replay comes 55 s later: after the wait, but nothing says that it had passed by then
        event(Samples.error(2, 15.4 * MINUTES, OTHER_TRACE));
        segment(Samples.segment(REPLAY, 0, -5, 15.4 * MINUTES, TRACE));
        end();

        // Then
        assertThat(links()).hasSize(1);
    }

    @Test
    void shouldCloseWhatStillWaitsAtTheEndOfTheInput() {
        event(Samples.flagged(Samples.error(1, 0, TRACE)));
        assertThat(reasons()).isEmpty();

        end();

        assertThat(topology.windowsClosed()).isTrue();
        assertThat(reasons()).containsExactly(UnlinkedReason.TRACE_NOT_SEEN);
    }

    @Test
    void shouldExpireNothingByTheWallClock() {
        event(Samples.error(1, 0, TRACE));
        driver.advanceWallClockTime(Duration.ofDays(1));

        segment(Samples.segment(REPLAY, 0, -5, 10, TRACE));

        assertThat(links()).hasSize(1);
    }

    /** One every 20 s until then. */
    private void segments(int replay, double untilSeconds) {
        int number = 0;
        for (double second = 1; second < untilSeconds; second += 20) {
            segment(Samples.segment(replay, number++, 0, second));
        }
    }

    private void event(BackendEvent event) {
        pipe("events", event, event.getReceivedMs());
    }

    private void segment(ReplaySegment segment) {
        pipe("ingest-replay-events", segment, segment.getReceivedMs());
    }

    private <T extends SpecificRecord> void pipe(String topic, T value, long recordMs) {
        byte[] bytes = PlainAvro.<T>serde(value.getSchema()).serializer().serialize(topic, value);
        driver.createInputTopic(topic, new ByteArraySerializer(), new ByteArraySerializer())
                .pipeInput(null, bytes, recordMs);
    }

    private void end() {
        topology.closeWindows();
        driver.advanceWallClockTime(Duration.ofSeconds(1));
    }

    private List<Link> links() {
        OutputTopics topics = OutputTopics.defaults();
        return driver.createOutputTopic(
                        topics.links(),
                        new ByteArrayDeserializer(),
                        PlainAvro.outputs().links().deserializer())
                .readValuesToList();
    }

    private List<UnlinkedReason> reasons() {
        return driver
                .createOutputTopic(
                        OutputTopics.defaults().unlinked(),
                        new ByteArrayDeserializer(),
                        PlainAvro.outputs().unlinked().deserializer())
                .readValuesToList()
                .stream()
                .map(Unlinked::getReason)
                .toList();
    }
}
