package io.replaylinker.local.visits;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** An event that was sent, and what the simulation knows of its evidence; judged when all visits are over. */
final class Draft {

    private final String eventId;
    private final long project;
    private final EventKind kind;
    private final @Nullable PageView view;
    private final long recordMs;
    private boolean own;
    private boolean path;
    private boolean foreign;
    private @Nullable Trace alone;
    private Names names = Names.NONE;

    Draft(String eventId, long project, EventKind kind, @Nullable PageView view, long recordMs) {
        this.eventId = eventId;
        this.project = project;
        this.kind = kind;
        this.view = view;
        this.recordMs = recordMs;
    }

    /** Whether the event itself, or the baggage of its own request, carries the id of its replay. */
    Draft own(boolean carries) {
        own = carries;
        return this;
    }

    /** Whether sent spans lead from the event to a browser's span that names the replay. */
    Draft path(boolean leads) {
        path = leads;
        return this;
    }

    /** The trace that the event is on, or that its request's header names: proof if only one visit was given it. */
    Draft on(@Nullable Trace trace) {
        alone = trace;
        return this;
    }

    Draft names(Names user) {
        names = user;
        return this;
    }

    Draft foreign(boolean otherOrganization) {
        foreign = otherOrganization;
        return this;
    }

    TrueEvent judge(Set<String> listedErrors) {
        if (view == null) {
            return new TrueEvent(eventId, project, kind, PageKind.NONE, Sdk.NONE, null, false, "");
        }
        Visitor visitor = view.visitor;
        boolean linkable = visitor.recording.sent() && !foreign;
        List<String> proofs = linkable ? proofs(view, listedErrors) : List.of();
        boolean inTime = visitor.recording.firstSeenMs - recordMs <= TrueEvent.WAIT_MS;
        return new TrueEvent(
                eventId,
                project,
                kind,
                view.kind,
                visitor.sdk,
                linkable ? visitor.recording.replayId : null,
                inTime && !proofs.isEmpty(),
                String.join("+", proofs));
    }

    private List<String> proofs(PageView visit, Set<String> listedErrors) {
        List<String> proofs = new ArrayList<>();
        if (own) {
            proofs.add("own");
        }
        if (listedErrors.contains(eventId)) {
            proofs.add("recorder");
        }
        if (path) {
            proofs.add("path");
        }
        Trace trace = alone;
        if (trace != null && trace.named.contains(visit.visitor.recording.replayId)) {
            boolean givenOnce = visit.kind != PageKind.CACHED && trace.views.size() == 1;
            if (givenOnce && !names.contradicts(visit.visitor.inBrowser)) {
                proofs.add("alone");
            }
            if (visit.visitor.isSingledOutBy(names, trace)) {
                proofs.add("user");
            }
        }
        return proofs;
    }
}
