package io.replaylinker.worker.page;

import io.micrometer.core.instrument.MeterRegistry;
import io.replaylinker.runtime.wiring.KafkaProperties;
import io.replaylinker.schemas.Id;
import io.replaylinker.topology.join.Explained;
import io.replaylinker.topology.join.Explanation;
import io.replaylinker.worker.http.HttpServer;
import io.replaylinker.worker.lifecycle.Worker;
import io.replaylinker.worker.members.MemberAddress;
import io.replaylinker.worker.members.Members;
import io.replaylinker.worker.metrics.PartitionLags;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.function.Predicate;
import java.util.function.Supplier;
import org.apache.kafka.streams.errors.InvalidStateStoreException;
import org.jspecify.annotations.Nullable;

/** The status page of a deployed worker, served before the worker has started. */
public final class WorkerPage implements AutoCloseable {

    private static final Duration SAMPLED_EVERY = Duration.ofSeconds(5);
    private static final Duration COVERAGE = Duration.ofHours(24);

    private final MeterRecorder recorder;
    private final Members members;
    private final StatusPage page;
    private volatile @Nullable Worker worker;

    /**
     * Starts to sample the meters.
     *
     * @param token that the other workers require; null for none
     * @param parts states of the parts of the worker, read with every request of the page
     * @param lags by partition, of the groups that the worker reads in
     */
    public WorkerPage(
            PageSettings settings,
            KafkaProperties kafka,
            @Nullable String token,
            MeterRegistry meters,
            Supplier<List<PagePart>> parts,
            PartitionLags lags) {
        recorder = MeterRecorder.start(meters, SAMPLED_EVERY);
        members = new Members(kafka, settings.roles(), token, recorder.startedAt(), lags);
        page = new StatusPage(
                new PageSources(settings, recorder, parts, this::explain, Clock.systemUTC(), COVERAGE), members);
    }

    /** Adds it to a server that is not yet started. */
    public void addTo(HttpServer.Builder server) {
        page.addTo(server);
    }

    /** Sets the address of this page for other workers, once the server listens. */
    public void announce(MemberAddress address) {
        members.announce(address);
    }

    /** Sets the worker, once it is started: its join can be queried. */
    public void watch(Worker started) {
        worker = started;
        members.watch(started);
    }

    private List<Explanation> explain(Explained by, Predicate<Id> id) throws JoinUnavailableException {
        Worker running = worker;
        if (running == null) {
            throw new JoinUnavailableException("the worker is starting");
        }
        try {
            return running.explain(by, id)
                    .orElseThrow(() -> new JoinUnavailableException("this worker has no join, its roles are others"));
        } catch (InvalidStateStoreException | IllegalStateException e) {
            throw new JoinUnavailableException(
                    "it is starting or ending, or its partitions are moving; try again later");
        }
    }

    @Override
    public void close() {
        page.close();
        members.close();
        recorder.close();
    }
}
