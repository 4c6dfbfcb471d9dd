package io.replaylinker.topology.claim;

import io.replaylinker.schemas.BackendEvent;
import io.replaylinker.schemas.Claim;
import io.replaylinker.schemas.Evidence;
import io.replaylinker.schemas.EvidenceSource;
import io.replaylinker.schemas.Id;
import io.replaylinker.schemas.Lookup;
import io.replaylinker.schemas.Method;
import io.replaylinker.schemas.SpanId;
import io.replaylinker.serdes.Ids;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Reads the evidence of an event: the replay ids in it, each with the place where it was found, and the traces on which
 * its replay is looked up otherwise. An event without evidence is dropped here, before it costs a shuffle.
 */
public final class ClaimReader {

    /** The transaction stream and the span stream: events that are spans of their trace. */
    private static final String TRANSACTION = "transaction";

    private static final String SPAN = "span";

    private final ClaimSettings settings;
    private final UserHashes users;
    private final ClaimOddities oddities;

    public ClaimReader(ClaimSettings settings, UserHashes users, ClaimOddities oddities) {
        this.settings = settings;
        this.users = users;
        this.oddities = oddities;
    }

    /**
     * Reads one event.
     *
     * @param recordMs timestamp of the Kafka record, epoch milliseconds
     * @return the claim, or null when the event has no usable id
     */
    public @Nullable Claim read(BackendEvent event, long recordMs) {
        Id eventId = Ids.parse(event.getEventId());
        if (eventId == null) {
            return null;
        }
        RequestTrace request = RequestTrace.of(event);
        Id own = ownTrace(event, eventId);
        Id shown = own != null ? own : request.traceId();
        Claim claim = new Claim();
        claim.setEvent(EventSummaries.of(event, eventId, shown, recordMs));
        describe(claim, event, request);
        claim.setLookups(lookups(claim, own, request));
        claim.setLookup(-1);
        claim.setVerdicts(List.of());
        Id home = request.traceId() != null ? request.traceId() : own;
        claim.setEvidence(evidence(event, request, home));
        boolean allowed = settings.allows(Method.REPLAY_ID, event.getProjectId());
        choose(
                claim,
                allowed && !claim.getEvidence().isEmpty() ? claim.getEvidence().get(0) : null);
        claim.setBuffering(event.getReplayIsBuffering());
        claim.setByEvent(mayBeNamed(claim, event));
        return claim;
    }

    /** Whether anything ties the event to a replay, or may yet do so. */
    public static boolean hasEvidence(Claim claim) {
        return claim.getReplayId() != null
                || claim.getByEvent()
                || !claim.getLookups().isEmpty();
    }

    private void describe(Claim claim, BackendEvent event, RequestTrace request) {
        boolean isCall = !event.getOccurrence()
                && (event.getType().equals(TRANSACTION) || event.getType().equals(SPAN));
        claim.setClient(Senders.isClient(event));
        claim.setCall(isCall);
        claim.setRoot(claim.getClient() && isCall && Senders.isRoot(event.getOp()));
        claim.setFlagged(request.hasReplay() || Boolean.TRUE.equals(event.getHasReplay()));
        claim.setUser(users.user(event.getUserId()));
        claim.setAddress(users.address(event.getUserAddress()));
    }

    private static void choose(Claim claim, @Nullable Evidence evidence) {
        claim.setMethod(evidence == null ? Method.UNKNOWN : Method.REPLAY_ID);
        claim.setReplayId(evidence == null ? null : evidence.getReplayId());
        claim.setConfidence(evidence == null ? 0.0 : 1.0);
    }

    private boolean mayBeNamed(Claim claim, BackendEvent event) {
        return claim.getReplayId() == null
                && !claim.getCall()
                && !event.getOccurrence()
                && Senders.mayRecord(event)
                && settings.allows(Method.ERROR_ID, event.getProjectId());
    }

    /**
     * The event's own trace, null when missing. Relay gives an error without a trace context a trace id that is made of
     * the event's own id; that is not a trace id.
     */
    private @Nullable Id ownTrace(BackendEvent event, Id eventId) {
        Id id = Ids.parse(event.getTraceId());
        if (id == null && event.getTraceId() != null && !isNil(event.getTraceId())) {
            oddities.malformedTraceId();
        }
        return eventId.equals(id) ? null : id;
    }

    private List<Lookup> lookups(Claim claim, @Nullable Id own, RequestTrace request) {
        List<Lookup> lookups = new ArrayList<>(2);
        if (request.traceId() != null && !request.traceId().equals(own)) {
            lookups.add(lookup(request.traceId(), request.spanId(), null, null));
        }
        if (own != null) {
            SpanId span = claim.getEvent().getSpanId();
            SpanId parent = claim.getEvent().getParentSpanId();
            SpanId caller = own.equals(request.traceId()) ? request.spanId() : null;
            // A call is itself a span of the trace; its path begins above it.
            lookups.add(
                    claim.getCall()
                            ? lookup(own, other(parent, span), other(caller, span), null)
                            : lookup(own, span, parent, caller));
        }
        return lookups;
    }

    private static @Nullable SpanId other(@Nullable SpanId span, @Nullable SpanId than) {
        return Objects.equals(span, than) ? null : span;
    }

    /** The lookup of a trace from the nearest of these spans; null stands for none. */
    private static Lookup lookup(
            Id trace, @Nullable SpanId nearest, @Nullable SpanId second, @Nullable SpanId farthest) {
        List<SpanId> parents = new ArrayList<>(3);
        add(parents, nearest);
        add(parents, second);
        add(parents, farthest);
        Lookup lookup = new Lookup();
        lookup.setTraceId(trace);
        lookup.setParents(parents);
        return lookup;
    }

    private static void add(List<SpanId> distinct, @Nullable SpanId span) {
        if (span != null && !distinct.contains(span)) {
            distinct.add(span);
        }
    }

    /**
     * The ids in the order of trust. An id of the event itself belongs to the trace that its request came on, where
     * there was one: the own trace may be that of a whole process. An id of the request's baggage belongs to the trace
     * that the same headers name.
     */
    private List<Evidence> evidence(BackendEvent event, RequestTrace request, @Nullable Id home) {
        List<Evidence> found = new ArrayList<>(2);
        add(found, EvidenceSource.CONTEXT, event.getReplayId(), home);
        add(found, EvidenceSource.DSC, event.getDscReplayId(), home);
        add(found, EvidenceSource.ATTRIBUTE, event.getAttributeReplayId(), home);
        add(found, EvidenceSource.FEEDBACK, event.getFeedbackReplayId(), home);
        add(found, EvidenceSource.BAGGAGE, request.baggageReplayId(), request.baggageTraceId());
        add(found, EvidenceSource.TAG, event.getReplayTag(), home);
        if (found.size() > 1
                && found.stream().map(Evidence::getReplayId).distinct().count() > 1) {
            oddities.replayIdsDisagree();
        }
        return found;
    }

    private void add(List<Evidence> found, EvidenceSource source, @Nullable String text, @Nullable Id trace) {
        if (text == null || text.isBlank()) {
            return;
        }
        Id id = Ids.parse(text);
        if (id != null) {
            Evidence evidence = new Evidence();
            evidence.setSource(source);
            evidence.setReplayId(id);
            evidence.setTraceId(trace);
            found.add(evidence);
        } else if (!isNil(text)) {
            oddities.malformedReplayId();
        }
    }

    /** Whether it is the nil id, which several SDKs send for a missing id; that is no error. */
    private static boolean isNil(String text) {
        return text.chars().allMatch(c -> c == '0' || c == '-' || Character.isWhitespace(c));
    }
}
