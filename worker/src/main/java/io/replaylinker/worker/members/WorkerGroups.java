package io.replaylinker.worker.members;

import io.replaylinker.runtime.diagnosis.Reason;
import io.replaylinker.runtime.wiring.AnnouncedAddress;
import io.replaylinker.runtime.wiring.ConsumerGroups;
import io.replaylinker.runtime.wiring.KafkaProperties;
import io.replaylinker.worker.lifecycle.JoinProcess;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.MemberDescription;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.streams.KafkaStreams;
import org.apache.kafka.streams.StreamsMetadata;
import org.jspecify.annotations.Nullable;

/**
 * The members of the groups and their addresses: those of the join from what Kafka Streams hands to each member with its partitions, those
 * of the sinks from the client ids in the group of one sink, which each worker with the role sink is in.
 */
final class WorkerGroups implements AutoCloseable {

    private static final String JOIN = "join";
    private static final Duration ANSWER_WITHIN = Duration.ofSeconds(2);

    private final KafkaProperties kafka;
    private @Nullable Admin admin;

    WorkerGroups(KafkaProperties kafka) {
        this.kafka = kafka;
    }

    /**
     * The members that were found.
     *
     * @param assigned partitions by address
     * @param problems why some may be missing, for the reader
     */
    record Found(Map<MemberAddress, List<Assigned>> assigned, List<String> problems) {}

    /** Asks the join and the brokers. */
    Found find(Optional<JoinProcess> join) throws InterruptedException {
        Found found = new Found(new TreeMap<>(), new ArrayList<>());
        join.ifPresentOrElse(running -> addJoins(running, found), () -> found.problems()
                .add("this worker has no join: workers with the role join alone are on the pages of those"
                        + " with a join"));
        addSinks(found);
        return found;
    }

    private static void addJoins(JoinProcess join, Found found) {
        try {
            for (StreamsMetadata one : join.ask(KafkaStreams::metadataForAllStreamsClients)) {
                add(
                        found,
                        new MemberAddress(one.hostInfo().host(), one.hostInfo().port()),
                        Assigned.of(JOIN, one.topicPartitions()));
            }
        } catch (IllegalStateException | KafkaException e) {
            found.problems().add("the join is starting or ending, so other workers of the join are not known yet");
        }
    }

    private void addSinks(Found found) throws InterruptedException {
        String group = ConsumerGroups.ofSink(kafka.applicationId(), ConsumerGroups.LINKS);
        try {
            long silent = 0;
            for (MemberDescription member : describe(group)) {
                Optional<MemberAddress> address =
                        AnnouncedAddress.of(member.clientId()).flatMap(MemberAddress::parse);
                if (address.isPresent()) {
                    List<Assigned> partitions = Assigned.of(
                            ConsumerGroups.LINKS, member.assignment().topicPartitions());
                    add(found, address.get(), partitions);
                } else {
                    silent++;
                }
            }
            if (silent > 0) {
                found.problems()
                        .add(silent + " members of the group " + group
                                + " announce no address, because of http.port=-1, kafka.client.id or an older release");
            }
        } catch (ExecutionException | TimeoutException | KafkaException e) {
            found.problems().add("workers with the role sink alone are not known: " + Reason.of(e));
        }
    }

    private Iterable<MemberDescription> describe(String group)
            throws ExecutionException, InterruptedException, TimeoutException {
        Admin client = admin();
        return client.describeConsumerGroups(List.of(group))
                .describedGroups()
                .values()
                .iterator()
                .next()
                .get(ANSWER_WITHIN.toMillis(), TimeUnit.MILLISECONDS)
                .members();
    }

    /** Made when the page is read for the first time: it costs a connection and a thread. */
    private synchronized Admin admin() {
        Admin client = admin;
        if (client == null) {
            client = Admin.create(kafka.admin());
            admin = client;
        }
        return client;
    }

    private static void add(Found found, MemberAddress address, List<Assigned> assigned) {
        found.assigned().computeIfAbsent(address, unseen -> new ArrayList<>()).addAll(assigned);
    }

    @Override
    public synchronized void close() {
        if (admin != null) {
            admin.close(Duration.ZERO);
        }
    }
}
