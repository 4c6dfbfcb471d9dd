package io.replaylinker.local.visits;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The services behind the pages: which of them answers a call, how it continues the trace, which it calls. */
final class Servers {

    private static final Backend[] FRONT = {
        Backend.NODE10, Backend.NODE10, Backend.NODE11, Backend.NODE11, Backend.PYTHON, Backend.PYTHON, Backend.STOCK
    };
    private static final Backend[] RENDERING = {Backend.NODE10, Backend.NODE11, Backend.PYTHON};

    private final Dice dice;
    private final Knobs.Servers knobs;
    private final Segments segments;
    private final Trace processTrace;

    Servers(Dice dice, Knobs.Servers knobs, Segments segments, Trace processTrace) {
        this.dice = dice;
        this.knobs = knobs;
        this.segments = segments;
        this.processTrace = processTrace;
    }

    /** Answers a request of a page. */
    void answer(PageView view, PageView.Call call) {
        Visitor visitor = view.visitor;
        boolean foreign = dice.chance("call to another organization", knobs.foreign());
        Organization organization = foreign ? visitor.organization.other() : visitor.organization;
        Headers headers = headers(view, call);
        Work.Caller caller = new Work.Caller(view, organization, headers, view.isNamedAbove(call), view.trace, 0);
        long from = call.atMs() + dice.between(10, 60);
        long until = from + Math.max(3, call.durationMs() - 70);
        Backend backend = FRONT[dice.pick(FRONT.length)];
        if (backend.isOtel()) {
            dice.count("call answered by OpenTelemetry");
            work(caller.withoutHeaders(), backend, Work.Manner.CONTINUED, view.trace, call.span(), from, until);
        } else {
            work(caller, backend, from, until, call.span());
        }
    }

    /** Renders a page in a trace that the server starts, for a visit or before the first visitor. */
    void render(@Nullable PageView view, Organization organization, Trace trace, long from, long until) {
        String serverSpan = trace.serverSpan == null ? dice.id64() : trace.serverSpan;
        boolean inner = dice.chance("page continues an inner span", 0.5);
        Work.Caller caller = new Work.Caller(view, organization, null, false, trace, 0);
        Work.Span span =
                new Work.Span(inner ? dice.id64() : serverSpan, null, inner ? serverSpan : dice.id64(), from, until);
        Backend backend = RENDERING[dice.pick(RENDERING.length)];
        run(new Work(caller, backend, Work.Manner.CONTINUED, trace, span), 0.1);
    }

    /** A background job that fails: in a process without tracing, or in a trace of its own. */
    void job(long at) {
        boolean untraced = dice.chance("job in a process without tracing", 0.7);
        Work.Caller caller = new Work.Caller(null, Organization.SHOP, null, false, null, 0);
        Trace trace = untraced ? processTrace : Trace.ofServer(dice, true, Backend.WORKERS.number);
        Work.Span span = new Work.Span(dice.id64(), null, dice.id64(), at, at + dice.between(50, 5_000));
        Work.Manner manner = untraced ? Work.Manner.UNTRACED : Work.Manner.FRESH;
        run(new Work(caller, untraced ? Backend.NODE11 : Backend.WORKERS, manner, trace, span), 1);
    }

    private void work(Work.Caller caller, Backend backend, long from, long until, String parent) {
        Trace callers = caller.trace();
        Headers headers = caller.headers();
        if (callers == null || headers == null) {
            throw new IllegalArgumentException("a call has a trace and headers");
        }
        if (backend != Backend.PYTHON && dice.chance("answered without tracing", knobs.untraced())) {
            work(caller, backend, Work.Manner.UNTRACED, processTrace, null, from, until);
        } else if (dice.chance("doubled sentry-trace", knobs.doubledHeader())) {
            String other = callers.header(dice.id64());
            Work.Caller doubled = caller.with(headers.doubledBy(other, dice.chance(0.5)));
            work(doubled, backend, Work.Manner.FRESH, fresh(backend), null, from, until);
        } else if (dice.chance("fresh trace despite a header", knobs.freshTrace())) {
            work(caller, backend, Work.Manner.FRESH, fresh(backend), null, from, until);
        } else {
            work(caller, backend, Work.Manner.CONTINUED, callers, parent, from, until);
        }
    }

    private void work(
            Work.Caller caller,
            Backend backend,
            Work.Manner manner,
            Trace trace,
            @Nullable String parent,
            long from,
            long until) {
        Work.Span span = new Work.Span(dice.id64(), parent, dice.id64(), from, until);
        run(new Work(caller, backend, manner, trace, span), backend.isOtel() ? 0 : knobs.errors());
    }

    private void run(Work work, double errors) {
        List<Segments.Inner> inner = new ArrayList<>();
        boolean calls = work.depth < 2 && work.hasSpans() && dice.chance("call to another service", knobs.downstream());
        if (calls) {
            inner.add(new Segments.Inner(dice.id64(), "http.client", work.startMs + 2, work.endMs - 2));
        }
        boolean leaves = work.view != null
                && !work.backend.isOtel()
                && work.hasSpans()
                && !calls
                && dice.chance("work left to a queue", knobs.queued());
        if (leaves) {
            inner.add(new Segments.Inner(dice.id64(), "queue.publish", work.startMs + 2, work.startMs + 4));
        }
        if (dice.chance(errors)) {
            dice.count("backend error");
            segments.error(work);
        }
        if (work.hasSpans()) {
            segments.send(work, inner);
        }
        for (Segments.Inner span : inner) {
            follow(work, span);
        }
    }

    private void follow(Work work, Segments.Inner span) {
        Work.Caller caller = next(work, span);
        if (span.op().equals("queue.publish")) {
            long from = work.endMs + (dice.chance(0.7) ? dice.between(50, 5_000) : dice.between(30_000, 600_000));
            work(caller, Backend.WORKERS, Work.Manner.CONTINUED, work.trace, span.id(), from, from + 800);
            return;
        }
        boolean otel = work.backend.isOtel() || dice.chance("call to an OpenTelemetry service", 0.6);
        Backend backend = !otel ? Backend.PYTHON : work.depth == 0 ? Backend.STOCK : Backend.PRICES;
        Work.Caller side = otel ? caller.withoutHeaders() : caller;
        work(side, backend, Work.Manner.CONTINUED, work.trace, span.id(), span.startMs() + 1, span.endMs() - 1);
    }

    /** The context that a service propagates: its own trace, its context's baggage, its client span. */
    private static Work.Caller next(Work work, Segments.Inner span) {
        boolean continued = work.manner == Work.Manner.CONTINUED;
        Headers headers = Headers.of(work.trace, span.id(), work.stamped(), true);
        return new Work.Caller(
                work.view, work.organization, headers, continued && work.named, work.continued(), work.depth + 1);
    }

    private Headers headers(PageView view, PageView.Call call) {
        Recording recording = view.visitor.recording;
        String replayId = view.baggageNamesReplay(call.atMs()) ? recording.replayId : null;
        boolean fromTheStart = !view.trace.continued() && recording.names(view.startMs);
        Headers headers = Headers.of(view.trace, call.span(), replayId, fromTheStart);
        return dice.chance("baggage of another vendor", 0.1) ? headers.withVendor() : headers;
    }

    private Trace fresh(Backend backend) {
        return Trace.ofServer(dice, dice.chance(knobs.sampled()), backend.number);
    }
}
