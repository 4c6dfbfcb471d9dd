package io.replaylinker.clickhouse;

import io.replaylinker.schemas.EventSummary;
import io.replaylinker.schemas.Link;
import io.replaylinker.schemas.ReplayState;
import io.replaylinker.schemas.Unlinked;
import io.replaylinker.schemas.UnlinkedReason;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;

/** A possible output of the join for some replays and their events: links that stay, are revised and retracted, replay states, outcomes. */
record History(List<Link> links, List<ReplayState> replayStates, List<Unlinked> unlinked) {

    private static final int REPLAYS = 12;
    private static final int EVENTS = 150;
    private static final long DAY_MS = 86_400_000;
    private static final List<UnlinkedReason> REASONS =
            List.of(UnlinkedReason.REPLAY_NOT_SEEN, UnlinkedReason.SHARED_TRACE, UnlinkedReason.ARCHIVED);
    private static final List<String> TYPES =
            List.of("error", "error", "default", "transaction", "transaction", "span");
    private static final List<String> LEVELS = List.of("fatal", "error", "warning", "info", "debug", "");
    private static final List<String> PLATFORMS = List.of("node", "javascript", "python", "");

    static History of(Random random) {
        History history = new History(new ArrayList<>(), new ArrayList<>(), new ArrayList<>());
        for (int replay = 0; replay < REPLAYS; replay++) {
            history.live(replay, random);
        }
        for (int event = 0; event < EVENTS; event++) {
            EventSummary.Builder any = event(event, random);
            history.happen(any.build(), random);
            if (any.getType().equals("transaction") && random.nextBoolean()) {
                history.happen(occurrence(any).build(), random);
            }
        }
        return history;
    }

    /** Cut into some, in another order. */
    static <T> List<List<T>> batches(List<T> values, Random random) {
        List<T> shuffled = new ArrayList<>(values);
        Collections.shuffle(shuffled, random);
        List<List<T>> batches = new ArrayList<>();
        for (int from = 0; from < shuffled.size(); ) {
            int to = Math.min(from + 1 + random.nextInt(60), shuffled.size());
            batches.add(shuffled.subList(from, to));
            from = to;
        }
        return batches;
    }

    private void live(long number, Random random) {
        for (int round = 0; round < 3; round++) {
            long startedMs = startedMs(number) - random.nextInt(2_000);
            replayStates.add(SampleReplayStates.builder(number)
                    .setOrganizationId(round == 0 ? 0 : 1)
                    .setStartedMs(startedMs)
                    .setLastSeenMs(startedMs + random.nextInt(120_000))
                    .setLastSegmentId(random.nextInt(20))
                    .setArchived(number == 3 && round == 2)
                    .build());
        }
    }

    private void happen(EventSummary event, Random random) {
        if (random.nextInt(3) == 0) {
            unlinked.add(SampleReplayStates.unlinked(event, REASONS.get(random.nextInt(REASONS.size()))));
        } else if (EventKind.of(event) == EventKind.BACKEND_ERROR) {
            unlinked.add(SampleReplayStates.unclaimed(event, UnlinkedReason.NO_EVIDENCE));
        }
        int versions = random.nextInt(4);
        for (int version = 1; version <= versions; version++) {
            long replay = random.nextInt(REPLAYS);
            links.add(SampleLinks.builder(0)
                    .setEvent(event)
                    .setReplayId(SampleLinks.replay(replay))
                    .setReplayStartedMs(startedMs(replay) - random.nextInt(2_000))
                    .setVersion(version)
                    .setDeleted(random.nextInt(4) == 0)
                    .build());
        }
    }

    /** What the issue platform found in a transaction: it has the same id. */
    private static EventSummary.Builder occurrence(EventSummary.Builder transaction) {
        return transaction.setType("performance").setLevel("error").setOccurrence(true);
    }

    /** Some of them a second after midnight, one of these on the first day of a month. */
    private static long startedMs(long replay) {
        long midnight = SampleLinks.START_MS - SampleLinks.START_MS % DAY_MS + 1_000;
        return replay % 3 == 0 ? midnight - replay * DAY_MS : SampleLinks.START_MS;
    }

    private static EventSummary.Builder event(long number, Random random) {
        return SampleLinks.event(number)
                .setType(TYPES.get(random.nextInt(TYPES.size())))
                .setLevel(LEVELS.get(random.nextInt(LEVELS.size())))
                .setPlatform(PLATFORMS.get(random.nextInt(PLATFORMS.size())))
                .setGroupId(random.nextInt(4) == 0 ? null : 1L + random.nextInt(3))
                .setTransaction(random.nextBoolean() ? "/a" : null)
                .setTraceId(random.nextInt(4) == 0 ? null : SampleLinks.id(0x7000 + random.nextInt(4)))
                .setTimestampMs(SampleLinks.START_MS + random.nextInt(60_000))
                .setReceivedMs(SampleLinks.START_MS + 60_000 + random.nextInt(7_200_000));
    }
}
