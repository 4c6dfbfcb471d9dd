package io.replaylinker.local.visits;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What the browser (or app) of a visit sends besides its replay. */
final class Browser {

    private final Dice dice;
    private final Delays delays;
    private final Outbox outbox;
    private final Knobs knobs;

    Browser(Dice dice, Delays delays, Outbox outbox, Knobs knobs) {
        this.dice = dice;
        this.delays = delays;
        this.outbox = outbox;
        this.knobs = knobs;
    }

    void show(PageView view) {
        if (view.trace.sampled) {
            if (view.visitor.sdk == Sdk.SDK10) {
                transaction(view);
            } else {
                spans(view);
            }
        }
        for (long at : view.errorsMs) {
            error(view, at);
        }
    }

    private void transaction(PageView view) {
        Visitor visitor = view.visitor;
        Recording recording = visitor.recording;
        String eventId = dice.id128();
        long sent = delays.after(view.loadedMs, 900, 1_100); // the idle timeout of a root span
        long record = delays.ofDevice(visitor, sent);
        recording.list(sent, view.trace);
        String tag = view.rootNamesReplay() ? recording.replayId : null;
        String context = recording.names(view.startMs) && !view.trace.continued() ? recording.replayId : null;
        EventJson event = event(view, eventId, view.loadedMs)
                .named(view.path, EventJson.traceContext(view.trace.id, view.rootSpan, view.trace.serverSpan, op(view)))
                .from(view.startMs + visitor.clockMs, requests(view))
                .replay(context, tag);
        outbox.transaction(event, record);
        if (knobs.backend().classicSpans()) {
            outbox.span(root(view).of(eventId).attribute("sentry.replay_id", context), record);
        }
        keep(view, eventId, EventKind.TRANSACTION, view.loadedMs, record, tag);
    }

    private List<JsonText> requests(PageView view) {
        long clock = view.visitor.clockMs;
        List<JsonText> spans = new ArrayList<>();
        spans.add(inner(view, dice.id64(), "browser.request", view.startMs + clock, view.startMs + clock + 20));
        for (PageView.Call call : view.calls) {
            if (view.duringLoad(call)) {
                long from = call.atMs() + clock;
                spans.add(inner(view, call.span(), "http.client", from, from + call.durationMs()));
            }
        }
        return spans;
    }

    private static JsonText inner(PageView view, String span, String op, long from, long to) {
        return EventJson.innerSpan(view.trace.id, span, view.rootSpan, op, from, to);
    }

    private void spans(PageView view) {
        Visitor visitor = view.visitor;
        long record = delays.ofDevice(visitor, delays.after(view.loadedMs, 900, 2_000));
        SpanJson paint = span(view, dice.id64(), view.rootSpan)
                .named("first-paint", "browser.paint", "auto.resource.browser.metrics")
                .times(view.startMs + visitor.clockMs, view.startMs + visitor.clockMs)
                .in(view.rootSpan);
        outbox.span(replay(view, paint, view.loadedMs), record);
        outbox.span(replay(view, root(view), view.loadedMs), record);
        visitor.recording.list(view.loadedMs, view.trace);
        keep(view, view.rootSpan + Outbox.ZEROS, EventKind.SPAN, view.loadedMs, record, onSpan(visitor));
        for (PageView.Call call : view.calls) {
            request(view, call);
        }
    }

    private SpanJson root(PageView view) {
        long clock = view.visitor.clockMs;
        return span(view, view.rootSpan, view.trace.serverSpan)
                .named(view.path, op(view), "auto." + op(view) + ".browser")
                .times(view.startMs + clock, view.loadedMs + clock)
                .in(view.rootSpan);
    }

    private void request(PageView view, PageView.Call call) {
        boolean inLoad = view.duringLoad(call);
        long from = call.atMs() + view.visitor.clockMs;
        long ended = call.atMs() + call.durationMs();
        SpanJson span = span(view, call.span(), inLoad ? view.rootSpan : null)
                .named("GET shop.example", "http.client", "auto.http.browser")
                .times(from, from + call.durationMs())
                .in(inLoad ? view.rootSpan : call.span());
        long record = delays.ofDevice(view.visitor, delays.after(ended, 300, 1_500));
        outbox.span(replay(view, span, ended), record);
        if (!inLoad) {
            view.visitor.recording.list(ended, view.trace);
            keep(view, call.span() + Outbox.ZEROS, EventKind.SPAN, ended, record, onSpan(view.visitor));
        }
    }

    private void error(PageView view, long at) {
        Recording recording = view.visitor.recording;
        boolean recorded = recording.names(at);
        boolean tagged = recorded
                && !dice.chance("error without replayId", knobs.recording().untaggedErrors());
        String eventId = dice.id128();
        if (recorded) {
            recording.errors.add(new Recording.Listed(at, eventId));
        }
        String tag = tagged ? recording.replayId : null;
        EventJson event = event(view, eventId, at)
                .named(view.path, EventJson.traceContext(view.trace.id, dice.id64(), null, null))
                .replay(null, tag);
        long record = delays.ofDevice(view.visitor, at);
        outbox.error(event, view.visitor.frontend(), record);
        keep(view, eventId, EventKind.ERROR, at, record, tag);
    }

    private void keep(PageView view, String eventId, EventKind kind, long at, long record, @Nullable String stamped) {
        Visitor visitor = view.visitor;
        long deviceMs = at + visitor.clockMs;
        if (stamped != null) {
            outbox.ledger().tie(visitor.recording, view.trace, deviceMs);
        }
        Draft draft = new Draft(eventId, visitor.frontend(), kind, view, record)
                .own(stamped != null)
                .on(view.trace)
                .names(visitor.inBrowser);
        outbox.keep(draft, eventId, deviceMs, stamped, view.trace.id);
    }

    private static EventJson event(PageView view, String eventId, long at) {
        Visitor visitor = view.visitor;
        return new EventJson(
                        eventId,
                        visitor.organization.id(),
                        visitor.frontend(),
                        visitor.platform(),
                        at + visitor.clockMs)
                .user(visitor.inBrowser)
                .headers(EventJson.browserHeaders());
    }

    private static SpanJson span(PageView view, String span, @Nullable String parent) {
        Visitor visitor = view.visitor;
        return new SpanJson(visitor.organization.id(), visitor.frontend(), view.trace.id, span, parent)
                .user(visitor.inBrowser);
    }

    private static SpanJson replay(PageView view, SpanJson span, long ended) {
        Recording recording = view.visitor.recording;
        if (recording.onSpans()) {
            span.attribute("sentry.replay_id", recording.replayId);
            if (!recording.names(ended)) {
                span.flag("sentry._internal.replay_is_buffering", true);
            }
        }
        return span;
    }

    private static @Nullable String onSpan(Visitor visitor) {
        return visitor.recording.onSpans() ? visitor.recording.replayId : null;
    }

    private static String op(PageView view) {
        return view.navigation ? "navigation" : "pageload";
    }
}
