package io.replaylinker.local.visits;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What a service sends of one request: its segment (as transaction or as spans) and its error. */
final class Segments {

    private final Dice dice;
    private final Delays delays;
    private final Outbox outbox;
    private final Knobs.Servers knobs;

    Segments(Dice dice, Delays delays, Outbox outbox, Knobs.Servers knobs) {
        this.dice = dice;
        this.delays = delays;
        this.outbox = outbox;
        this.knobs = knobs;
    }

    /** A span inside the handler that leads to another service. */
    record Inner(String id, String op, long startMs, long endMs) {}

    void send(Work work, List<Inner> inner) {
        if (work.backend.streams) {
            spans(work, inner);
        } else {
            transaction(work, inner);
        }
    }

    private void transaction(Work work, List<Inner> inner) {
        String eventId = dice.id128();
        long record = delays.ofServer(work.endMs);
        Names names = names(work);
        List<JsonText> spans = new ArrayList<>();
        spans.add(span(work, work.handler, work.segment, "request_handler", work.startMs + 1, work.endMs - 1));
        for (Inner one : inner) {
            spans.add(span(work, one.id, work.handler, one.op, one.startMs, one.endMs));
        }
        JsonText trace = EventJson.traceContext(work.trace.id, work.segment, work.parent, op(work));
        EventJson event = event(work, eventId, work.endMs)
                .named("GET /api", trace)
                .from(work.startMs, spans)
                .replay(work.stamped(), null)
                .user(names)
                .headers(requestHeaders(work));
        outbox.transaction(event, record);
        if (knobs.classicSpans()) {
            outbox.span(root(work).of(eventId).attribute("sentry.replay_id", work.stamped()), record);
        }
        keep(work, eventId, EventKind.TRANSACTION, work.endMs, record, names, work.named, true);
    }

    private static JsonText span(Work work, String id, String parent, String op, long from, long to) {
        return EventJson.innerSpan(work.trace.id, id, parent, op, from, to);
    }

    private void spans(Work work, List<Inner> inner) {
        boolean otel = work.backend.isOtel();
        long record = delays.ofServer(work.endMs + dice.between(100, otel ? 5_000 : 700)); // exporters send in batches
        Names names = otel ? Names.NONE : names(work);
        outbox.span(
                streamed(work, work.handler, work.segment)
                        .named("/api", "handler", work.backend.origin)
                        .times(work.startMs + 1, work.endMs - 1),
                record);
        for (Inner one : inner) {
            SpanJson client = streamed(work, one.id, work.handler)
                    .named(one.op, one.op, work.backend.origin)
                    .times(one.startMs, one.endMs)
                    .attribute("sentry.kind", one.op.equals("queue.publish") ? "producer" : "client");
            outbox.span(client, record);
        }
        SpanJson root = root(work).user(names).attribute("sentry.kind", "server");
        Headers headers = work.headers;
        if (headers != null) {
            root.list("http.request.header.sentry-trace", headers.sentryTrace())
                    .list("http.request.header.baggage", List.of(headers.baggage()));
        }
        outbox.span(root, record);
        keep(work, work.segment + Outbox.ZEROS, EventKind.SPAN, work.endMs, record, names, work.named, true);
    }

    private SpanJson streamed(Work work, String id, String parent) {
        SpanJson span = new SpanJson(work.organization.id(), work.project(), work.trace.id, id, parent);
        return work.backend.isOtel() ? span : span.in(work.segment);
    }

    private SpanJson root(Work work) {
        SpanJson root = new SpanJson(work.organization.id(), work.project(), work.trace.id, work.segment, work.parent)
                .named("GET /api", op(work), work.backend.origin)
                .times(work.startMs, work.endMs);
        return work.backend.isOtel() ? root.asSegment() : root.in(work.segment);
    }

    /** Where in the request an error happened, as far as its trace context shows. */
    private record Place(String span, @Nullable String parent, boolean climbs) {}

    void error(Work work) {
        String eventId = dice.id128();
        long at = work.startMs + Math.max(1, (work.endMs - work.startMs) * 2 / 3);
        long record = delays.ofServer(at);
        boolean bare = work.headers != null && dice.chance("error without headers", knobs.bare());
        Place place = place(work);
        Names names = names(work);
        EventJson event = event(work, eventId, at)
                .named("GET /api", EventJson.traceContext(work.trace.id, place.span, place.parent, null))
                .replay(work.stamped(), null)
                .user(names)
                .headers(bare ? null : requestHeaders(work));
        outbox.error(event, work.project(), record);
        boolean climbs = place.climbs && work.hasSpans() && work.manner == Work.Manner.CONTINUED;
        boolean header = !bare && work.headers != null;
        keep(work, eventId, EventKind.ERROR, at, record, names, work.named && (climbs || header), header);
    }

    private Place place(Work work) {
        if (!work.hasSpans()) {
            boolean parent = work.manner == Work.Manner.CONTINUED && dice.chance(0.5);
            return new Place(dice.id64(), parent ? work.parent : null, false);
        }
        double point = dice.point();
        if (point < 0.4) {
            dice.count("error in the segment");
            return new Place(work.segment, work.parent, true);
        }
        if (point < 0.75) {
            dice.count("error in an inner span");
            return new Place(work.handler, work.segment, true);
        }
        if (point < 0.9) {
            dice.count("error in an inner span that is not sent");
            return new Place(dice.id64(), work.handler, true);
        }
        dice.count("error below inner spans that are not sent");
        return new Place(dice.id64(), dice.id64(), false);
    }

    private void keep(
            Work work,
            String eventId,
            EventKind kind,
            long at,
            long record,
            Names names,
            boolean path,
            boolean headersSent) {
        Headers headers = work.headers;
        String carried = headersSent && headers != null ? headers.replayId() : null;
        String stamped = work.stamped();
        Trace callers = work.callers;
        PageView view = work.view;
        boolean own = stamped != null || carried != null;
        if (own && view != null && callers != null && !work.isForeign()) {
            outbox.ledger().tie(view.visitor.recording, callers, at);
        }
        boolean onWire = work.manner == Work.Manner.CONTINUED || (headersSent && headers != null);
        Draft draft = new Draft(eventId, work.project(), kind, view, record)
                .own(own)
                .path(path)
                .on(onWire ? callers : null)
                .names(names)
                .foreign(work.isForeign());
        outbox.keep(draft, eventId, at, stamped, work.trace.id);
    }

    private Names names(Work work) {
        PageView view = work.view;
        if (view == null || work.backend == Backend.WORKERS) {
            return Names.NONE;
        }
        return dice.chance("user on a server's event", 0.6) ? view.visitor.onServers : Names.NONE;
    }

    private @Nullable Object requestHeaders(Work work) {
        Headers headers = work.headers;
        if (headers == null || work.backend == Backend.WORKERS) {
            return null;
        }
        return headers.json(work.backend == Backend.PYTHON, dice.pick(3));
    }

    private static EventJson event(Work work, String eventId, long at) {
        return new EventJson(eventId, work.organization.id(), work.project(), work.backend.platform, at);
    }

    private static String op(Work work) {
        return work.backend == Backend.WORKERS ? "queue.process" : "http.server";
    }
}
