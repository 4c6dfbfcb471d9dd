package io.replaylinker.topology.join;

import io.replaylinker.schemas.Claim;
import io.replaylinker.schemas.Evidence;
import io.replaylinker.schemas.EvidenceSource;
import io.replaylinker.schemas.Id;
import io.replaylinker.schemas.Lookup;
import io.replaylinker.schemas.Method;
import io.replaylinker.schemas.UnlinkedReason;
import io.replaylinker.schemas.Verdict;
import java.io.UncheckedIOException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Binary form of a claim, for the rows and for the topics between the steps, whose own version byte names this form.
 * Reading and writing claims is among the most frequent operations of the join. Avro's binary takes more than three
 * times as long to read: its decoder compares the schemas of writer and reader before each field. The buffer is reused,
 * so this is not thread-safe. Input is trusted to be its own output.
 *
 * <p>Flags come first, for booleans and for the presence of optional fields. Enums are a byte by the order of their
 * symbols, so a symbol is added at the end or the form gets a new version.
 */
public final class ClaimBytes {

    private static final int REPLAY = 1;
    private static final int USER = 1 << 1;
    private static final int ADDRESS = 1 << 2;
    private static final int REASON = 1 << 3;
    private static final int WITHDRAWN = 1 << 4;
    private static final int FLAGGED = 1 << 5;
    private static final int BUFFERING = 1 << 6;
    private static final int CLIENT = 1 << 7;
    private static final int ROOT = 1 << 8;
    private static final int CALL = 1 << 9;
    private static final int BY_EVENT = 1 << 10;
    private static final int PATHLESS = 1 << 11;
    private static final int PAGE_SEEN = 1 << 12;
    private static final int REPLAY_OF_KEY = 1 << 13;

    /** Flags of evidence and lookups. Most evidence of an event names the same trace and the same replay. */
    private static final int OF_TRACE = 1;

    private static final int SAME_TRACE = 1 << 1;
    private static final int SAME_REPLAY = 1 << 2;

    private static final List<Method> METHODS = List.of(Method.values());
    private static final List<UnlinkedReason> REASONS = List.of(UnlinkedReason.values());
    private static final List<EvidenceSource> SOURCES = List.of(EvidenceSource.values());

    private final FieldWriter out = new FieldWriter();

    /** Writes the claim behind the given bytes. */
    public byte[] write(byte[] head, Claim claim) {
        return start(head, claim, null).toBytes();
    }

    /**
     * Writes the claim that a row begins with, but for what its key contains.
     *
     * @param group the trace, event or replay that the key begins with
     */
    FieldWriter startRow(Id group, Claim claim) {
        return start(Keys.NOTHING, claim, group);
    }

    private FieldWriter start(byte[] head, Claim claim, @Nullable Id group) {
        out.start(head);
        // Not inlined in the other method: the JIT compiler would make one method of both, which is slower than the
        // two.
        EventBytes.put(out, claim.getEvent(), group);
        put(out, claim, group);
        return out;
    }

    /** Reads the claim that starts at this place and ends with the array. */
    public Claim read(byte[] bytes, int from) {
        return read(bytes, from, bytes.length - from);
    }

    /**
     * Reads the claim of this length from this place on.
     *
     * @throws UncheckedIOException if they are no whole claim, or more than one
     */
    public Claim read(byte[] bytes, int from, int length) {
        FieldReader in = new FieldReader(bytes, from, length);
        Claim claim = read(in, null);
        in.end();
        return claim;
    }

    private static void put(FieldWriter out, Claim claim, @Nullable Id group) {
        boolean replayOfKey = group != null && group.equals(claim.getReplayId());
        out.bits16(flags(claim) | (replayOfKey ? REPLAY_OF_KEY : 0));
        out.bits8(METHODS.indexOf(claim.getMethod()));
        out.anyId(replayOfKey ? null : claim.getReplayId());
        out.share(claim.getConfidence());
        out.number(claim.getRevision());
        out.number(claim.getEvidence().size());
        for (Evidence evidence : claim.getEvidence()) {
            put(out, evidence, claim);
        }
        out.any64(claim.getUser());
        out.any64(claim.getAddress());
        out.number(claim.getLookups().size());
        for (Lookup lookup : claim.getLookups()) {
            put(out, lookup, claim);
        }
        out.number(claim.getLookup());
        if (claim.getReason() != null) {
            out.bits8(REASONS.indexOf(claim.getReason()));
        }
        out.number(claim.getVerdicts().size());
        for (Verdict verdict : claim.getVerdicts()) {
            put(out, verdict);
        }
        out.number(claim.getAnchorMs());
    }

    private static int flags(Claim claim) {
        return (claim.getReplayId() == null ? 0 : REPLAY)
                | (claim.getUser() == null ? 0 : USER)
                | (claim.getAddress() == null ? 0 : ADDRESS)
                | (claim.getReason() == null ? 0 : REASON)
                | (claim.getWithdrawn() ? WITHDRAWN : 0)
                | (claim.getFlagged() ? FLAGGED : 0)
                | (claim.getBuffering() ? BUFFERING : 0)
                | (claim.getClient() ? CLIENT : 0)
                | (claim.getRoot() ? ROOT : 0)
                | (claim.getCall() ? CALL : 0)
                | (claim.getByEvent() ? BY_EVENT : 0)
                | (claim.getPathless() ? PATHLESS : 0)
                | (claim.getPageSeen() ? PAGE_SEEN : 0);
    }

    /** Reads the claim that the row of a key begins with. */
    Claim readRow(FieldReader in, byte[] key) {
        return read(in, key);
    }

    private static Claim read(FieldReader in, byte @Nullable [] key) {
        Claim claim = new Claim();
        claim.setEvent(EventBytes.read(in, key));
        int flags = in.bits16();
        claim.setMethod(in.symbol(METHODS));
        claim.setReplayId((flags & REPLAY) == 0 ? null : in.id((flags & REPLAY_OF_KEY) == 0 ? null : key));
        claim.setConfidence(in.share());
        claim.setRevision((int) in.number());
        claim.setWithdrawn((flags & WITHDRAWN) != 0);
        claim.setEvidence(in.list(each -> evidence(each, claim)));
        claim.setFlagged((flags & FLAGGED) != 0);
        claim.setBuffering((flags & BUFFERING) != 0);
        claim.setClient((flags & CLIENT) != 0);
        claim.setRoot((flags & ROOT) != 0);
        claim.setCall((flags & CALL) != 0);
        claim.setUser((flags & USER) == 0 ? null : Long.valueOf(in.bits64()));
        claim.setAddress((flags & ADDRESS) == 0 ? null : Long.valueOf(in.bits64()));
        claim.setByEvent((flags & BY_EVENT) != 0);
        claim.setLookups(in.list(each -> lookup(each, claim)));
        claim.setLookup((int) in.number());
        claim.setReason((flags & REASON) == 0 ? null : in.symbol(REASONS));
        claim.setPathless((flags & PATHLESS) != 0);
        claim.setVerdicts(in.list(ClaimBytes::verdict));
        claim.setAnchorMs(in.number());
        claim.setPageSeen((flags & PAGE_SEEN) != 0);
        return claim;
    }

    private static void put(FieldWriter out, Evidence evidence, Claim claim) {
        Id trace = evidence.getTraceId();
        boolean sameTrace = trace != null && trace.equals(claim.getEvent().getTraceId());
        boolean sameReplay = evidence.getReplayId().equals(claim.getReplayId());
        out.bits8((trace == null ? 0 : OF_TRACE) | (sameTrace ? SAME_TRACE : 0) | (sameReplay ? SAME_REPLAY : 0));
        out.bits8(SOURCES.indexOf(evidence.getSource()));
        out.anyId(sameReplay ? null : evidence.getReplayId());
        out.anyId(sameTrace ? null : trace);
    }

    private static Evidence evidence(FieldReader in, Claim claim) {
        int flags = in.bits8();
        Evidence evidence = new Evidence();
        evidence.setSource(in.symbol(SOURCES));
        evidence.setReplayId(id(in, (flags & SAME_REPLAY) == 0, claim.getReplayId()));
        evidence.setTraceId(
                (flags & OF_TRACE) == 0
                        ? null
                        : id(in, (flags & SAME_TRACE) == 0, claim.getEvent().getTraceId()));
        return evidence;
    }

    private static Id id(FieldReader in, boolean written, @Nullable Id same) {
        if (written) {
            return in.id();
        }
        if (same == null) {
            throw in.broken();
        }
        return same;
    }

    private static void put(FieldWriter out, Lookup lookup, Claim claim) {
        boolean sameTrace = lookup.getTraceId().equals(claim.getEvent().getTraceId());
        out.bits8(sameTrace ? SAME_TRACE : 0);
        out.anyId(sameTrace ? null : lookup.getTraceId());
        out.spans(lookup.getParents());
    }

    private static Lookup lookup(FieldReader in, Claim claim) {
        int flags = in.bits8();
        Lookup lookup = new Lookup();
        lookup.setTraceId(id(in, (flags & SAME_TRACE) == 0, claim.getEvent().getTraceId()));
        lookup.setParents(in.list(FieldReader::span));
        return lookup;
    }

    private static void put(FieldWriter out, Verdict verdict) {
        int flags = (verdict.getReplayId() == null ? 0 : REPLAY)
                | (verdict.getReason() == null ? 0 : REASON)
                | (verdict.getBuffering() ? BUFFERING : 0)
                | (verdict.getPathless() ? PATHLESS : 0)
                | (verdict.getPageSeen() ? PAGE_SEEN : 0);
        out.bits16(flags);
        out.bits8(METHODS.indexOf(verdict.getMethod()));
        out.number(verdict.getLookup());
        out.number(verdict.getRevision());
        out.anyId(verdict.getReplayId());
        out.share(verdict.getConfidence());
        if (verdict.getReason() != null) {
            out.bits8(REASONS.indexOf(verdict.getReason()));
        }
        out.number(verdict.getAnchorMs());
    }

    private static Verdict verdict(FieldReader in) {
        int flags = in.bits16();
        Verdict verdict = new Verdict();
        verdict.setMethod(in.symbol(METHODS));
        verdict.setLookup((int) in.number());
        verdict.setRevision((int) in.number());
        verdict.setReplayId((flags & REPLAY) == 0 ? null : in.id());
        verdict.setConfidence(in.share());
        verdict.setReason((flags & REASON) == 0 ? null : in.symbol(REASONS));
        verdict.setBuffering((flags & BUFFERING) != 0);
        verdict.setPathless((flags & PATHLESS) != 0);
        verdict.setPageSeen((flags & PAGE_SEEN) != 0);
        verdict.setAnchorMs(in.number());
        return verdict;
    }
}
