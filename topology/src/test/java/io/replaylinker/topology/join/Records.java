package io.replaylinker.topology.join;

import io.replaylinker.schemas.BackendEvent;
import io.replaylinker.schemas.ReplaySegment;
import io.replaylinker.topology.Samples;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Makes the records of a story's moves. Every event gets an id of its own; traces and replays come again and again. */
final class Records {

    static final long YEAR_2096_MS = Instant.parse("2096-01-01T00:00:00Z").toEpochMilli();

    /** Of one organization, of the second one, of both in turn, of nobody that was ever heard of. */
    record Sender(long project, long organization) {}

    static final List<Sender> SENDERS =
            List.of(new Sender(Samples.API, 1), new Sender(Samples.WEB, 1), new Sender(66, 2), new Sender(55, 2));
    static final List<Long> REPLAY_PROJECTS = List.of(Samples.WEB, 22L, 44L, 66L, 55L, 77L);
    private static final int FIRST_EVENT = 0x1000;
    private static final int FIRST_OF_CROWD = 0x100;
    private static final int TRACES = 0x70;

    private final Story story;

    Records(Story story) {
        this.story = story;
    }

    static long atMs(Move.Turn turn) {
        return Story.startMs(turn.epoch()) + turn.quarters() * 250L;
    }

    List<Object> of(Move move) {
        if (move instanceof Move.Segment segment) {
            return List.of(segment(segment));
        } else if (move instanceof Move.Event event) {
            BackendEvent own = event(event);
            return event.copied() && story.tenants() ? List.of(own, foreignCopy(own)) : List.of(own);
        } else if (move instanceof Move.Archive archive) {
            return List.of(archive(archive));
        } else if (move instanceof Move.Crowd crowd) {
            return crowd(crowd);
        }
        return deletion((Move.Deletion) move);
    }

    private ReplaySegment segment(Move.Segment move) {
        long atMs = atMs(move.turn());
        ReplaySegment segment = Samples.segment(
                move.replay(),
                move.number(),
                0,
                0,
                move.traces().stream().mapToInt(trace -> TRACES + trace).toArray());
        segment.setProjectId(replayProject(move.project()));
        segment.setReceivedMs(forged(move.server(), atMs));
        segment.setTimestampMs(atMs);
        segment.setReplayStartMs(forged(move.own(), atMs - move.age() * 250L));
        return segment;
    }

    private BackendEvent event(Move.Event move) {
        long atMs = atMs(move.turn());
        Sender sender = SENDERS.get(move.sender() % (story.tenants() ? SENDERS.size() : 2));
        BackendEvent event = Samples.error(FIRST_EVENT + story.moves().indexOf(move), 0);
        event.setProjectId(sender.project());
        event.setOrganizationId(sender.organization());
        event.setReceivedMs(forged(move.server(), atMs));
        Long happened = forged(move.own(), atMs - move.age() * 250L);
        event.setTimestampMs(happened == null ? 0 : happened);
        if (move.ids().trace() > 0) {
            event.setTraceId(Samples.id(TRACES + move.ids().trace()));
        }
        if (move.says() == Move.Says.ID) {
            Samples.named(event, move.ids().replay());
        } else if (move.says() == Move.Says.FLAG) {
            Samples.flagged(event);
        }
        return event;
    }

    private static BackendEvent foreignCopy(BackendEvent own) {
        BackendEvent copy = BackendEvent.newBuilder(own).build();
        boolean foreign = own.getOrganizationId() != 2;
        copy.setProjectId(foreign ? 66L : Samples.API);
        copy.setOrganizationId(foreign ? 2L : 1L);
        return copy;
    }

    private ReplaySegment archive(Move.Archive move) {
        ReplaySegment archive = Samples.segment(move.replay(), 0, 0, 0);
        archive.setSegmentId(null);
        archive.setIsArchived(true);
        archive.setProjectId(replayProject(move.project()));
        archive.setReceivedMs(atMs(move.turn()));
        archive.setTimestampMs(atMs(move.turn()));
        archive.setReplayStartMs(atMs(move.turn()));
        return archive;
    }

    private List<Object> crowd(Move.Crowd move) {
        List<Object> crowd = new ArrayList<>();
        for (int visitor = 0; visitor < move.replays(); visitor++) {
            ReplaySegment segment = Samples.segment(FIRST_OF_CROWD + visitor, 0, 0, 0, TRACES + move.trace());
            segment.setReceivedMs(atMs(move.turn()));
            segment.setTimestampMs(atMs(move.turn()));
            segment.setReplayStartMs(atMs(move.turn()));
            crowd.add(segment);
        }
        return crowd;
    }

    private List<Object> deletion(Move.Deletion move) {
        List<Move.Event> events = story.moves().stream()
                .filter(Move.Event.class::isInstance)
                .map(Move.Event.class::cast)
                .filter(event -> event.turn().epoch() / Story.EPOCHS_OF_ERA
                        == move.turn().epoch() / Story.EPOCHS_OF_ERA)
                .toList();
        if (events.isEmpty()) {
            return List.of();
        }
        BackendEvent event = event(events.get(move.which() % events.size()));
        return List.of(new Arrival.Deletion(event.getProjectId(), event.getEventId()));
    }

    private long replayProject(int number) {
        return REPLAY_PROJECTS.get(number % (story.tenants() ? REPLAY_PROJECTS.size() : 3));
    }

    private static @Nullable Long forged(Move.Clock clock, long rightMs) {
        return switch (clock) {
            case RIGHT -> rightMs;
            case MISSING -> null;
            case ZERO -> 0L;
            case NEGATIVE -> -1L;
            case FUTURE -> YEAR_2096_MS;
        };
    }
}
