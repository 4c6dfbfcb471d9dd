package io.replaylinker.worker.members;

import io.replaylinker.runtime.settings.Role;
import io.replaylinker.runtime.wiring.KafkaProperties;
import io.replaylinker.worker.lifecycle.Worker;
import io.replaylinker.worker.metrics.PartitionLags;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** All workers of the installation as this one sees them. Addresses come from the groups alone, never from a request. */
public final class Members implements AutoCloseable {

    private static final Duration ANSWER_WITHIN = Duration.ofSeconds(2);

    /** Beyond it members are listed and not asked, so that a page that is read costs a bounded number of requests. */
    private static final int MOST_ASKED = 64;

    private final WorkerGroups groups;
    private final MemberClient client;
    private final OwnReport own;
    private volatile @Nullable Worker worker;
    private volatile @Nullable MemberAddress address;

    /**
     * Opens no connection yet.
     *
     * @param roles of this worker
     * @param token that the other workers require; null for none
     * @param startedAt when this process started
     * @param lags of the groups that this worker reads in
     */
    public Members(
            KafkaProperties kafka, Set<Role> roles, @Nullable String token, Instant startedAt, PartitionLags lags) {
        groups = new WorkerGroups(kafka);
        client = new MemberClient(token, MemberAddress.machine(), ANSWER_WITHIN);
        own = new OwnReport(roles, Clock.systemUTC(), startedAt, lags);
    }

    /** Sets the address that this worker announces, once its HTTP server listens. */
    public void announce(MemberAddress announced) {
        address = announced;
    }

    /** Sets the worker, once it is started. */
    public void watch(Worker started) {
        worker = started;
    }

    /** The report of this worker alone. */
    public MemberReport own() {
        return own.of(worker);
    }

    /** Finds all workers and asks those but this one; takes 4 s at most. */
    public MemberList ask() throws InterruptedException {
        Worker running = worker;
        WorkerGroups.Found found = running == null
                ? new WorkerGroups.Found(new TreeMap<>(), List.of("this worker is starting"))
                : groups.find(running.join());
        return new MemberList(members(found.assigned()), found.problems());
    }

    private List<Member> members(Map<MemberAddress, List<Assigned>> found) throws InterruptedException {
        MemberAddress self = address;
        List<MemberAddress> others =
                found.keySet().stream().filter(one -> !one.equals(self)).toList();
        Map<MemberAddress, MemberClient.Answer> answers =
                client.ask(others.stream().limit(MOST_ASKED).toList());
        List<Member> members = new ArrayList<>();
        if (self != null) {
            members.add(member(self, true, found.getOrDefault(self, List.of()), new MemberClient.Answer(own(), null)));
        }
        for (MemberAddress other : others) {
            MemberClient.Answer answer = Optional.ofNullable(answers.get(other))
                    .orElseGet(() -> new MemberClient.Answer(null, "not asked: there are too many workers"));
            members.add(member(other, false, found.getOrDefault(other, List.of()), answer));
        }
        return members;
    }

    static Member member(MemberAddress address, boolean self, List<Assigned> assigned, MemberClient.Answer answer) {
        MemberReport report = answer.report();
        String problem = report == null ? answer.problem() : doubled(assigned, report);
        return new Member(address, self, assigned, report, problem);
    }

    /** Kafka Streams keeps one member an address, so another one at the same address would go unseen. */
    private static @Nullable String doubled(List<Assigned> byGroup, MemberReport report) {
        String more = byGroup.stream()
                .filter(group -> report.assigned().stream().noneMatch(own -> own.covers(group)))
                .map(Assigned::topic)
                .distinct()
                .collect(Collectors.joining(", "));
        return more.isEmpty() || !report.state().equals(MemberReport.RUNNING)
                ? null
                : "the group assigns it partitions that it does not have, of " + more
                        + "; if this stays, another worker announces the same address: set http.advertised";
    }

    @Override
    public void close() {
        client.close();
        groups.close();
    }
}
