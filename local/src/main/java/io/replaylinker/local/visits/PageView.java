package io.replaylinker.local.visits;

import java.util.ArrayList;
import java.util.List;

/** One page load, or one navigation inside a page. */
final class PageView {

    final Visitor visitor;
    final PageKind kind;
    final boolean navigation;
    final Trace trace;
    final long startMs;
    /** The end of the load; the root span ends here. */
    final long loadedMs;

    final long endMs;
    final String rootSpan;
    final List<Call> calls = new ArrayList<>();
    final List<Long> errorsMs = new ArrayList<>();
    final String path;

    PageView(
            Visitor visitor,
            PageKind kind,
            boolean navigation,
            Trace trace,
            Times times,
            String rootSpan,
            String path) {
        this.visitor = visitor;
        this.kind = kind;
        this.navigation = navigation;
        this.trace = trace;
        this.startMs = times.startMs;
        this.loadedMs = times.loadedMs;
        this.endMs = times.endMs;
        this.rootSpan = rootSpan;
        this.path = path;
    }

    record Times(long startMs, long loadedMs, long endMs) {}

    /** A request of the page: when, how long, the span that its header names, and whether the visitor did nothing. */
    record Call(long atMs, long durationMs, String span, boolean polled) {}

    boolean duringLoad(Call call) {
        return call.atMs < loadedMs;
    }

    /** Whether the span that a call's header names is sent: SDK 10 records requests of the load only. */
    boolean sendsSpanOf(Call call) {
        return trace.sampled && (visitor.sdk == Sdk.SDK11 || duringLoad(call));
    }

    /** Whether a sent browser span above a call names the replay. */
    boolean isNamedAbove(Call call) {
        return sendsSpanOf(call) && (visitor.sdk == Sdk.SDK11 ? visitor.recording.onSpans() : rootNamesReplay());
    }

    /** Whether SDK 10 tags the root transaction with the replay. */
    boolean rootNamesReplay() {
        return visitor.recording.names(loadedMs);
    }

    /** The replay's place in the baggage of a call: SDK 10 freezes what a server began. */
    boolean baggageNamesReplay(long atMs) {
        return visitor.recording.names(atMs) && (visitor.sdk == Sdk.SDK11 || !trace.continued());
    }
}
