package io.replaylinker.tools.reprocess;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.replaylinker.clickhouse.CurrentState;
import io.replaylinker.runtime.cli.CommandFailedException;
import io.replaylinker.runtime.cli.Words;
import io.replaylinker.runtime.wiring.UserKey;
import io.replaylinker.schemas.BackendEvent;
import io.replaylinker.schemas.ReplaySegment;
import io.replaylinker.schemas.Span;
import io.replaylinker.serdes.Decoded;
import io.replaylinker.serdes.RecordDecoder;
import io.replaylinker.serdes.RegistryUnavailableException;
import io.replaylinker.topology.BoundedJoin;
import io.replaylinker.topology.EvidenceSettings;
import io.replaylinker.topology.JoinCounts;
import io.replaylinker.topology.Source;
import io.replaylinker.topology.TopologySettings;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.BooleanSupplier;
import java.util.stream.Collectors;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/** First half of a run: passes the records through the join, and keeps its output. */
final class Reading {

    /** A check of the heap costs as much as some records. */
    private static final int LOOK_EVERY = 1_000;

    private static final long PAUSE_NANOS = Duration.ofSeconds(3).toNanos();
    private static final long STANDSTILL_NANOS = Duration.ofMinutes(2).toNanos();
    private static final Duration REGISTRY_AGAIN_AFTER = Duration.ofSeconds(1);

    private final Plan plan;
    private final Verdicts verdicts;
    private final BoundedJoin join;
    private final Map<String, RecordDecoder<BackendEvent>> events;
    private final Map<String, RecordDecoder<Span>> spans;
    private final Map<String, RecordDecoder<ReplaySegment>> replays;
    private final BooleanSupplier cancelled;

    Reading(Plan plan, Verdicts verdicts, TopologySettings topologySettings, BooleanSupplier cancelled) {
        this.plan = plan;
        this.verdicts = verdicts;
        this.cancelled = cancelled;
        this.events = decoders(topologySettings.events());
        this.spans = decoders(topologySettings.spans());
        this.replays = decoders(topologySettings.replays());
        // The hashes of users are compared with each other only, so the key is the run's own.
        this.join = new BoundedJoin(
                new EvidenceSettings(topologySettings.evidence().methods(), UserKey.random()),
                topologySettings.join(),
                new JoinCounts(new SimpleMeterRegistry()),
                verdicts);
    }

    /** Loads the known projects and their organizations. */
    void learn(List<CurrentState.Affiliation> affiliations) {
        affiliations.forEach(known -> join.learn(known.projectId(), known.organizationId()));
    }

    /**
     * Reads to the end.
     *
     * @throws CommandFailedException if the user stops it, no more records arrive, or the heap is full
     */
    void run(MergedReader reader, Pace pace, Meter meter) throws InterruptedException {
        long lastNanos = System.nanoTime();
        HeapRoom room = new HeapRoom();
        boolean waiting = false;
        long passed = reader.passed();
        for (long taken = 1; !reader.isDone(); ) {
            if (cancelled.getAsBoolean()) {
                throw new CommandFailedException("stopped before the end");
            }
            MergedReader.Timed next = reader.next();
            if (next != null) {
                join.advance(reader.timeMs());
                take(next);
                pace.await();
                if (taken++ % LOOK_EVERY == 0) {
                    room.require(
                            "with the records up to " + Words.time(Instant.ofEpochMilli(reader.timeMs())) + " UTC");
                }
            }
            if (reader.passed() != passed) {
                passed = reader.passed();
                lastNanos = System.nanoTime();
                waiting = false;
                meter.at(passed);
            } else if (!waiting && System.nanoTime() - lastNanos > PAUSE_NANOS) {
                waiting = true;
                meter.println("Kafka returns no records; waiting up to two minutes");
            } else if (System.nanoTime() - lastNanos > STANDSTILL_NANOS) {
                throw new CommandFailedException("Kafka returned no records for two minutes, at " + reader.positions());
            }
        }
        join.close();
        meter.full();
    }

    private void take(MergedReader.Timed next) throws InterruptedException {
        ConsumerRecord<byte[], byte[]> record = next.record();
        RecordDecoder<BackendEvent> ofEvents = events.get(record.topic());
        RecordDecoder<Span> ofSpans = spans.get(record.topic());
        if (ofEvents != null || ofSpans != null) {
            verdicts.next(plan.range().holds(next.partition(), record.offset(), next.timeMs()));
        }
        if (ofEvents != null) {
            join.event(record.topic(), decode(ofEvents, record), next.timeMs());
        } else if (ofSpans != null) {
            join.span(record.topic(), decode(ofSpans, record), next.timeMs());
        } else {
            join.replay(
                    record.topic(), decode(Objects.requireNonNull(replays.get(record.topic())), record), next.timeMs());
        }
    }

    /** A failure of the schema registry is no fault of the record, so the record is decoded again. */
    private <T> Decoded<T> decode(RecordDecoder<T> decoder, ConsumerRecord<byte[], byte[]> record)
            throws InterruptedException {
        long deadline = System.nanoTime() + STANDSTILL_NANOS;
        while (true) {
            try {
                return decoder.decode(record.topic(), record.headers(), record.value());
            } catch (RegistryUnavailableException e) {
                if (cancelled.getAsBoolean() || System.nanoTime() > deadline) {
                    throw new CommandFailedException("the schema registry does not respond: " + e.getMessage(), e);
                }
                Thread.sleep(REGISTRY_AGAIN_AFTER.toMillis());
            }
        }
    }

    private static <T> Map<String, RecordDecoder<T>> decoders(List<Source<T>> sources) {
        return sources.stream().collect(Collectors.toMap(Source::topic, source -> source.decoder()
                .get()));
    }
}
