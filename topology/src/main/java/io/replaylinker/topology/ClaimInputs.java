package io.replaylinker.topology;

import io.replaylinker.schemas.BackendEvent;
import io.replaylinker.schemas.Claim;
import io.replaylinker.schemas.Id;
import io.replaylinker.schemas.Span;
import io.replaylinker.schemas.TraceNode;
import io.replaylinker.schemas.TraceObservation;
import io.replaylinker.schemas.Unlinked;
import io.replaylinker.serdes.Decoded;
import io.replaylinker.serdes.LruCache;
import io.replaylinker.topology.claim.ClaimObservations;
import io.replaylinker.topology.claim.ClaimReader;
import io.replaylinker.topology.claim.SpanReader;
import io.replaylinker.topology.claim.TraceNodes;
import io.replaylinker.topology.join.Tombstone;
import io.replaylinker.topology.join.Verdicts;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * The inputs of the join from an event or a span: its evidence, its observations of traces, and the organization of its
 * project. The organization is sent once for each project after a start. That is remembered in memory and not in a
 * store, so that a send that a crash interrupted is repeated.
 */
final class ClaimInputs {

    private static final int PROJECTS_REMEMBERED = 100_000;
    private static final String TRANSACTION = "transaction";

    private final ClaimReader reader;
    private final SpanReader spans;
    private final @Nullable TraceNodes nodes;
    private final ClassicProjects classic;
    private final JoinCounts counts;
    private final LruCache<Long, Long> sent = new LruCache<>(PROJECTS_REMEMBERED);

    /** Receives the inputs of a record, in their order. */
    interface Sink extends Consumer<JoinInput> {

        /** The event has no evidence at all, and its verdict is published at once. */
        void unlinked(Unlinked unlinked);

        /** What is kept for the tree of its trace. */
        void node(TraceNode node);
    }

    ClaimInputs(EvidenceSettings settings, ContextSettings context, ClassicProjects classic, JoinCounts counts) {
        this.reader = new ClaimReader(settings.methods(), settings.users(), counts);
        this.spans = new SpanReader(settings.users());
        this.nodes = context.written() ? new TraceNodes(context.nodes(), context.spanNames()) : null;
        this.classic = classic;
        this.counts = counts;
    }

    /**
     * Reads one event.
     *
     * @param recordMs timestamp of the Kafka record, epoch milliseconds
     */
    void event(BackendEvent event, long recordMs, Sink sink) {
        if (event.getType().equals(TRANSACTION) && !event.getOccurrence()) {
            classic.add(event.getProjectId());
        }
        read(event, recordMs, sink);
    }

    /** Reads one span. A segment is an event; a client or producer span inside a segment is an edge of its trace. */
    void span(Span span, long recordMs, Sink sink) {
        if (!span.getIsSegment()) {
            affiliate(span.getProjectId(), span.getOrganizationId(), sink);
            if (!span.getContextOnly()) {
                TraceObservation edge = spans.edge(span, recordMs);
                counts.edge();
                if (edge != null) {
                    sink.accept(new JoinInput.TraceSeen(edge));
                }
            }
            boolean isInTransaction = span.getWasTransaction() && classic.has(span.getProjectId());
            if (nodes != null && !isInTransaction) {
                send(nodes.span(span, recordMs), sink);
            }
            return;
        }
        if (span.getWasTransaction() && classic.has(span.getProjectId())) {
            affiliate(span.getProjectId(), span.getOrganizationId(), sink);
            counts.classicSegment();
            return;
        }
        BackendEvent event = SpanReader.segment(span);
        if (event == null) {
            counts.claim(null);
        } else {
            read(event, recordMs, sink);
        }
    }

    private void read(BackendEvent event, long recordMs, Sink sink) {
        affiliate(event.getProjectId(), event.getOrganizationId(), sink);
        Claim claim = reader.read(event, recordMs);
        boolean hasEvidence = claim != null && ClaimReader.hasEvidence(claim);
        counts.claim(hasEvidence ? claim : null);
        if (claim == null) {
            return;
        }
        if (nodes != null) {
            send(nodes.event(event, claim.getEvent()), sink);
        }
        if (!hasEvidence) {
            Unlinked unlinked = Verdicts.withoutEvidence(claim);
            if (unlinked != null) {
                sink.unlinked(unlinked);
            }
            return;
        }
        sink.accept(new JoinInput.EventClaim(claim));
        ClaimObservations.ofNamed(claim).forEach(observation -> sink.accept(new JoinInput.TraceSeen(observation)));
        ClaimObservations.calls(claim).forEach(edge -> sink.accept(new JoinInput.TraceSeen(edge)));
    }

    private static void send(@Nullable TraceNode node, Sink sink) {
        if (node != null) {
            sink.node(node);
        }
    }

    private void affiliate(long project, long organization, Sink sink) {
        if (organization > 0 && !Long.valueOf(organization).equals(sent.get(project))) {
            sent.put(project, organization);
            sink.accept(new JoinInput.Affiliation(project, organization));
        }
    }

    /** Reads the deletion of events of a project at their source. */
    void deleted(Decoded.Tombstones<?> deleted, long recordMs, Sink sink) {
        for (Id event : deleted.eventIds()) {
            sink.accept(new JoinInput.EventTombstone(new Tombstone(deleted.projectId(), event, recordMs)));
        }
        if (nodes != null) {
            sink.node(TraceNodes.deletion(deleted, recordMs));
        }
    }

    /** Reads a merge, split or deletion of issues, which only trees of traces show. */
    void changed(Decoded.IssueChange<?> change, long recordMs, Sink sink) {
        if (nodes != null) {
            sink.node(TraceNodes.change(change, recordMs));
        }
    }
}
