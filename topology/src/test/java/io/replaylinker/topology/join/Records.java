package io.replaylinker.topology.join;

import io.replaylinker.schemas.BackendEvent;
import io.replaylinker.schemas.ReplaySegment;
import io.replaylinker.schemas.Span;
import io.replaylinker.topology.Samples;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Makes the records of a story's moves. Every event gets an id of its own; traces, spans and replays come again and again. */
final class Records {

    static final long YEAR_2096_MS = Instant.parse("2096-01-01T00:00:00Z").toEpochMilli();

    /** Of one organization, of the second one, of both in turn, of nobody that was ever heard of. */
    record Sender(long project, long organization) {}

    static final List<Sender> SENDERS =
            List.of(new Sender(Samples.API, 1), new Sender(Samples.WEB, 1), new Sender(66, 2), new Sender(55, 2));
    static final List<Long> REPLAY_PROJECTS = List.of(Samples.WEB, 22L, 44L, 66L, 55L, 77L);
    private static final int FIRST_EVENT = 0x1000;
    private static final int FIRST_OF_CROWD = 0x100;
    /** Nobody, ann and bob. */
    private static final int USERS_OF_CROWD = 3;

    private static final int TRACES = 0x70;
    private static final int BUFFERED = 3;
    private static final int FIRST_PAGE = 7;
    private static final int PAGES = 4;
    /** Pages have the largest numbers. */
    static final int SPANS = FIRST_PAGE + PAGES - 1;

    private static final String NO_EVENT_ID = "0".repeat(16);
    /** Two people behind one address, one who is known by the address only, and one spelled with blanks. */
    private static final List<String> USERS = List.of("", "ann", "bob", "", " ann ", "ANN");

    private static final List<String> ADDRESSES =
            List.of("", "203.0.113.1", "203.0.113.1", "203.0.113.2", "203.0.113.2", "");

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
            Object record = isStreamed(event) ? SegmentSpans.of(own) : own;
            boolean copied = event.copied() && story.tenants() && !isStreamed(event);
            return copied ? List.of(record, foreignCopy(own)) : List.of(record);
        } else if (move instanceof Move.Edge edge) {
            return List.of(edge(edge));
        } else if (move instanceof Move.Archive archive) {
            return List.of(archive(archive));
        } else if (move instanceof Move.Crowd crowd) {
            return crowd(crowd);
        }
        return deletion((Move.Deletion) move);
    }

    private ReplaySegment segment(Move.Segment move) {
        long atMs = atMs(move.turn());
        long endMs = atMs - move.sent().late() * 250L;
        ReplaySegment segment = Samples.segment(
                move.replay(),
                move.number(),
                0,
                0,
                move.lists().traces().stream().mapToInt(trace -> TRACES + trace).toArray());
        segment.setProjectId(replayProject(move.sent().project()));
        segment.setReceivedMs(forged(move.clocks().server(), atMs));
        segment.setTimestampMs(endMs);
        segment.setReplayStartMs(forged(move.clocks().own(), endMs - move.age() * 250L));
        segment.setReplayType(move.replay() == BUFFERED ? "buffer" : "session");
        segment.setErrorIds(named(move));
        segment.setUserId(name(USERS, move.sent().user()));
        segment.setUserAddress(name(ADDRESSES, move.sent().user()));
        return segment;
    }

    private List<String> named(Move.Segment move) {
        List<Move.Event> events = eventsOfEra(move.turn());
        return events.isEmpty()
                ? List.of()
                : move.lists().errors().stream()
                        .map(error -> eventId(events.get(error % events.size())))
                        .toList();
    }

    private String eventId(Move.Event move) {
        int number = story.moves().indexOf(move);
        return isStreamed(move) ? span(ownSpan(move), move.turn(), 0) + NO_EVENT_ID : Samples.id(FIRST_EVENT + number);
    }

    /** A streamed call has the id of its span, so that there is but one of each. */
    private boolean isStreamed(Move.Event move) {
        return move.kind().isSpan()
                && story.moves().subList(0, story.moves().indexOf(move)).stream()
                        .noneMatch(earlier -> earlier instanceof Move.Event event
                                && event.kind().isSpan()
                                && event.turn().epoch() == move.turn().epoch()
                                && ownSpan(event) == ownSpan(move));
    }

    private BackendEvent event(Move.Event move) {
        long atMs = atMs(move.turn());
        Sender sender = SENDERS.get(move.sender().number() % (story.tenants() ? SENDERS.size() : 2));
        BackendEvent event = Samples.error(0, 0);
        event.setEventId(eventId(move));
        event.setProjectId(sender.project());
        event.setOrganizationId(sender.organization());
        event.setReceivedMs(forged(move.clocks().server(), atMs));
        Long happened = forged(move.clocks().own(), atMs - move.sender().age() * 250L);
        event.setTimestampMs(happened == null ? 0 : happened);
        event.setPlatform(move.kind().isClient() ? "javascript" : "python");
        int trace = move.kind().isCall()
                ? Math.max(1, move.ids().trace())
                : move.ids().trace();
        if (trace > 0) {
            event.setTraceId(Samples.id(TRACES + trace));
        }
        int user = isPage(move) ? ownSpan(move) - FIRST_PAGE : move.sender().user();
        event.setUserId(name(USERS, user));
        event.setUserAddress(name(ADDRESSES, user));
        setPlace(event, move, isStreamed(move));
        setReplay(event, move, isStreamed(move));
        return event;
    }

    /** A page load has a span that no other kind has, and is always of the same user. */
    private static int ownSpan(Move.Event move) {
        int span = Math.max(1, move.place().span());
        return isPage(move) ? FIRST_PAGE + span % PAGES : span;
    }

    private static boolean isPage(Move.Event move) {
        return move.kind() == Move.Kind.PAGE || move.kind() == Move.Kind.PAGE_SEGMENT;
    }

    private static void setPlace(BackendEvent event, Move.Event move, boolean streamed) {
        Move.Place place = move.place();
        int span = move.kind().isCall() ? ownSpan(move) : place.span();
        event.setSpanId(span == 0 ? null : span(span, move.turn(), 0));
        event.setParentSpanId(place.parent() == 0 ? null : span(place.parent(), move.turn(), place.back()));
        if (move.kind().isCall()) {
            event.setType(streamed ? "span" : "transaction");
            event.setOp(isPage(move) ? "pageload" : move.kind().isClient() ? "ui.action" : "http.server");
            event.setStartTimestampMs(event.getTimestampMs() - move.sender().lasted() * 250L);
        }
        if (move.kind() == Move.Kind.CALL && place.called() > 0) {
            event.setClientSpanIds(List.of(span(place.called(), move.turn(), 0)));
        }
        if (!move.kind().isClient() && place.header() > 0) {
            event.setSentryTrace(Samples.id(TRACES + place.header()) + "-"
                    + span(Math.max(1, place.caller()), move.turn(), place.back()) + "-1");
        }
    }

    private static void setReplay(BackendEvent event, Move.Event move, boolean streamed) {
        event.setReplayIsBuffering(move.sender().buffering());
        switch (move.evidence()) {
            case ID -> {
                if (streamed) {
                    event.setAttributeReplayId(Samples.id(move.ids().replay()));
                } else {
                    Samples.named(event, move.ids().replay());
                }
            }
            case FLAG -> {
                if (!streamed) {
                    Samples.flagged(event);
                }
            }
            case BAGGAGE -> {
                if (!move.kind().isClient()) {
                    String trace = move.ids().replay() % 2 == 0
                            ? ""
                            : ",sentry-trace_id="
                                    + Samples.id(
                                            TRACES + Math.max(1, move.place().caller() % 4));
                    event.setBaggage("sentry-replay_id=" + Samples.id(move.ids().replay()) + trace);
                }
            }
            case TRACE -> {}
        }
    }

    /** Spans of two epochs differ, so that one of an earlier epoch is named on purpose or not at all. */
    private static String span(int number, Move.Turn turn, int back) {
        return Samples.span(0x10 * (1 + Math.max(0, turn.epoch() - back)) + number);
    }

    private static @Nullable String name(List<String> names, int number) {
        String name = names.get(number % names.size());
        return name.isEmpty() ? null : name;
    }

    private Span edge(Move.Edge move) {
        Sender sender = SENDERS.get(move.sender() % (story.tenants() ? SENDERS.size() : 2));
        Span edge = Samples.edge(0, TRACES + move.trace(), 1, 1);
        edge.setProjectId(sender.project());
        edge.setOrganizationId(sender.organization());
        edge.setSpanId(span(move.span(), move.turn(), 0));
        // One that is its own segment has nothing above it, and is no edge.
        int above = move.above() == move.span() ? move.above() + 1 : move.above();
        if (move.otel()) {
            edge.setSegmentId(null);
            edge.setParentSpanId(span(above, move.turn(), 0));
        } else {
            edge.setSegmentId(span(above, move.turn(), 0));
        }
        edge.setReplayId(move.replay() == 0 ? null : Samples.id(move.replay()));
        edge.setPlatform(move.client() ? "javascript" : "python");
        edge.setReceivedMs(atMs(move.turn()));
        edge.setTimestampMs(atMs(move.turn()));
        edge.setStartTimestampMs(atMs(move.turn()));
        return edge;
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
            segment.setUserId(visitor < USERS_OF_CROWD ? name(USERS, visitor) : null);
            crowd.add(segment);
        }
        return crowd;
    }

    /** Only errors are ever deleted one by one. */
    private List<Object> deletion(Move.Deletion move) {
        List<Move.Event> events = eventsOfEra(move.turn()).stream()
                .filter(event -> !event.kind().isCall())
                .toList();
        if (events.isEmpty()) {
            return List.of();
        }
        BackendEvent event = event(events.get(move.which() % events.size()));
        return List.of(new Arrival.Deletion(event.getProjectId(), Objects.requireNonNull(event.getEventId())));
    }

    private List<Move.Event> eventsOfEra(Move.Turn turn) {
        return story.moves().stream()
                .filter(Move.Event.class::isInstance)
                .map(Move.Event.class::cast)
                .filter(event -> event.turn().epoch() / Story.EPOCHS_OF_ERA == turn.epoch() / Story.EPOCHS_OF_ERA)
                .toList();
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
