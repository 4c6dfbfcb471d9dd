package io.replaylinker.local.visits;

import org.jspecify.annotations.Nullable;

/** What one service does for one request: its segment, and what is known of the user that made the request. */
final class Work {

    /** How the service's SDK continues the request's trace. */
    enum Manner {
        /** In the trace that the header names. */
        CONTINUED,
        /** In a fresh trace, although the header names one. */
        FRESH,
        /** Without spans, in the trace of the whole process. */
        UNTRACED
    }

    final @Nullable PageView view;
    final Organization organization;
    final Backend backend;
    final Manner manner;
    final Trace trace;
    final @Nullable String parent;
    final String segment;
    final String handler;
    final long startMs;
    final long endMs;
    final @Nullable Headers headers;
    /** Whether the span that the header names, or one above it, is a sent browser span that names the replay. */
    final boolean named;
    /** The trace of the header, or of the page that is rendered; null if it is not known on the wire. */
    final @Nullable Trace callers;
    /** How many services come before this one. */
    final int depth;

    Work(Caller caller, Backend backend, Manner manner, Trace trace, Span span) {
        this.view = caller.view;
        this.organization = caller.organization;
        this.headers = caller.headers;
        this.named = caller.named;
        this.callers = caller.trace;
        this.depth = caller.depth;
        this.backend = backend;
        this.manner = manner;
        this.trace = trace;
        this.parent = span.parent;
        this.segment = span.id;
        this.handler = span.inner;
        this.startMs = span.startMs;
        this.endMs = span.endMs;
    }

    /** The side that calls: the visit behind it and its evidence. */
    record Caller(
            @Nullable PageView view,
            Organization organization,
            @Nullable Headers headers,
            boolean named,
            @Nullable Trace trace,
            int depth) {

        /** An OpenTelemetry service keeps no headers. */
        Caller withoutHeaders() {
            return with(null);
        }

        Caller with(@Nullable Headers other) {
            return new Caller(view, organization, other, named, trace, depth);
        }
    }

    /** The segment and the span inside it. */
    record Span(String id, @Nullable String parent, String inner, long startMs, long endMs) {}

    long project() {
        return organization.project(backend);
    }

    boolean hasSpans() {
        return manner != Manner.UNTRACED && trace.sampled;
    }

    boolean isForeign() {
        return view != null && !organization.equals(view.visitor.organization);
    }

    /** The replay id that Relay finds in the context which the SDK continued. */
    @Nullable String stamped() {
        return manner == Manner.CONTINUED && headers != null ? headers.replayId() : null;
    }

    /** The trace that the events of a continued request are on, with one visit or with several. */
    @Nullable Trace continued() {
        return manner == Manner.CONTINUED ? callers : null;
    }
}
