package io.replaylinker.worker.reprocess;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.replaylinker.schemas.BackendEvent;
import io.replaylinker.schemas.ReplaySegment;
import io.replaylinker.schemas.Span;
import io.replaylinker.serdes.Decoded;
import io.replaylinker.serdes.RecordDecoder;
import io.replaylinker.serdes.RegistryUnavailableException;
import io.replaylinker.sinks.clickhouse.StandingFacts;
import io.replaylinker.topology.BoundedJoin;
import io.replaylinker.topology.EvidenceSettings;
import io.replaylinker.topology.JoinCounts;
import io.replaylinker.topology.Source;
import io.replaylinker.topology.TopologySettings;
import io.replaylinker.worker.cli.CommandFailedException;
import io.replaylinker.worker.wiring.SourceTopics;
import io.replaylinker.worker.wiring.UserKey;
import java.time.Duration;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.function.BooleanSupplier;
import java.util.stream.Collectors;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.TopicPartition;

/** First half of a run: brings the records through the join, and keeps what it says. Goes on where an earlier life stopped. */
final class Reading {

    private static final String READ = "read";
    private static final String POSITIONS = "positions";
    private static final String INPUTS = "inputs";
    private static final String USER_KEY = "user-key";

    private static final int COMMIT_EVERY = 10_000;
    /** Whoever reads slowly shall lose no more of his time by a crash. */
    private static final long COMMIT_EVERY_NANOS = Duration.ofSeconds(10).toNanos();

    private static final long PAUSE_NANOS = Duration.ofSeconds(3).toNanos();
    private static final long STANDSTILL_NANOS = Duration.ofMinutes(2).toNanos();
    private static final Duration REGISTRY_AGAIN_AFTER = Duration.ofSeconds(1);

    private final RunStore store;
    private final Plan plan;
    private final Verdicts verdicts;
    private final BoundedJoin join;
    private final Map<String, RecordDecoder<BackendEvent>> events;
    private final Map<String, RecordDecoder<Span>> spans;
    private final Map<String, RecordDecoder<ReplaySegment>> replays;
    private final BooleanSupplier cancelled;

    Reading(RunStore store, Plan plan, Verdicts verdicts, TopologySettings shape, BooleanSupplier cancelled) {
        this.store = store;
        this.plan = plan;
        this.verdicts = verdicts;
        this.cancelled = cancelled;
        this.events = decoders(shape.events());
        this.spans = decoders(shape.spans());
        this.replays = decoders(shape.replays());
        this.join = new BoundedJoin(
                new EvidenceSettings(shape.evidence().methods(), userKey(store)),
                shape.join(),
                new JoinCounts(new SimpleMeterRegistry()),
                new BoundedJoin.State(rows('r', 's'), rows('h', 'i'), rows('c', 'd')),
                store.note(INPUTS).map(Long::parseLong).orElse(0L),
                verdicts);
    }

    private BoundedJoin.StepRows rows(char kept, char deadlines) {
        return new BoundedJoin.StepRows(store.table(kept), store.table(deadlines));
    }

    /** One of the run's own: its hashes are compared with each other only. */
    private static byte[] userKey(RunStore store) {
        if (store.note(USER_KEY).isEmpty()) {
            store.note(USER_KEY, HexFormat.of().formatHex(UserKey.random()));
        }
        return HexFormat.of().parseHex(store.note(USER_KEY).orElseThrow());
    }

    /** Whether there is nothing left to read. */
    static boolean isDone(RunStore store) {
        return store.note(READ).isPresent();
    }

    /** Whether nothing was read yet. */
    static boolean isNew(RunStore store) {
        return store.note(POSITIONS).isEmpty();
    }

    /** What is known already of projects and their organizations. */
    void learn(List<StandingFacts.Affiliation> affiliations) {
        affiliations.forEach(known -> join.learn(known.projectId(), known.organizationId()));
    }

    static Map<TopicPartition, Long> positions(RunStore store) {
        return PartitionOffsets.read(store.note(POSITIONS).orElse(""));
    }

    /**
     * Reads to the end.
     *
     * @throws CommandFailedException if the user stops it, or nothing comes any more
     */
    void run(MergedReader reader, Pace pace, Meter meter) throws InterruptedException {
        long lastNanos = System.nanoTime();
        long committedNanos = lastNanos;
        boolean waiting = false;
        long passed = reader.passed();
        for (long taken = 1; !reader.isDone(); ) {
            if (cancelled.getAsBoolean()) {
                commit(reader);
                throw new CommandFailedException("stopped before the end");
            }
            MergedReader.Timed next = reader.next();
            if (next != null) {
                join.advance(reader.timeMs());
                take(next);
                pace.await();
                if (taken++ % COMMIT_EVERY == 0 || System.nanoTime() - committedNanos > COMMIT_EVERY_NANOS) {
                    commit(reader);
                    committedNanos = System.nanoTime();
                }
            }
            if (reader.passed() != passed) {
                passed = reader.passed();
                lastNanos = System.nanoTime();
                waiting = false;
                meter.at(passed);
            } else if (!waiting && System.nanoTime() - lastNanos > PAUSE_NANOS) {
                waiting = true;
                meter.say("Kafka brings nothing; waiting for it up to two minutes");
            } else if (System.nanoTime() - lastNanos > STANDSTILL_NANOS) {
                commit(reader);
                throw new CommandFailedException("Kafka has brought nothing for two minutes, at " + reader.positions());
            }
        }
        join.close(() -> commit(reader));
        store.note(READ, "");
        commit(reader);
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
            join.replay(record.topic(), decode(decoder(record.topic()), record), next.timeMs());
        }
    }

    private RecordDecoder<ReplaySegment> decoder(String topic) {
        RecordDecoder<ReplaySegment> decoder = replays.get(topic);
        if (decoder == null) {
            throw new CommandFailedException("the run has begun with the topic " + topic + ", which is not among "
                    + SourceTopics.SETTINGS + " any more; set them as they were");
        }
        return decoder;
    }

    /** A registry that is away says nothing about the record, so it is asked again. */
    private <T> Decoded<T> decode(RecordDecoder<T> decoder, ConsumerRecord<byte[], byte[]> record)
            throws InterruptedException {
        long deadline = System.nanoTime() + STANDSTILL_NANOS;
        while (true) {
            try {
                return decoder.decode(record.topic(), record.headers(), record.value());
            } catch (RegistryUnavailableException e) {
                if (cancelled.getAsBoolean() || System.nanoTime() > deadline) {
                    throw new CommandFailedException("the schema registry does not answer: " + e.getMessage(), e);
                }
                Thread.sleep(REGISTRY_AGAIN_AFTER.toMillis());
            }
        }
    }

    private void commit(MergedReader reader) {
        store.note(INPUTS, Long.toString(join.inputs()));
        store.note(POSITIONS, PartitionOffsets.write(reader.positions()));
        store.commit();
    }

    private static <T> Map<String, RecordDecoder<T>> decoders(List<Source<T>> sources) {
        return sources.stream().collect(Collectors.toMap(Source::topic, source -> source.decoder()
                .get()));
    }
}
