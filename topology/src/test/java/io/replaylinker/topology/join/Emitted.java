package io.replaylinker.topology.join;

import io.replaylinker.schemas.Claim;
import io.replaylinker.schemas.Link;
import io.replaylinker.schemas.ReplayState;
import io.replaylinker.schemas.Unlinked;
import io.replaylinker.schemas.UnlinkedReason;
import java.util.ArrayList;
import java.util.List;

/** What a step has emitted, in its order. */
public class Emitted implements JoinOutput {

    private final List<Claim> resolved = new ArrayList<>();
    private final List<Claim> verdicts = new ArrayList<>();
    private final List<Link> links = new ArrayList<>();
    private final List<Unlinked> unlinked = new ArrayList<>();

    @Override
    public void resolved(Claim claim) {
        resolved.add(claim);
    }

    @Override
    public void verdict(Claim claim) {
        verdicts.add(claim);
    }

    @Override
    public void link(Link link) {
        links.add(link);
    }

    @Override
    public void unlinked(Unlinked verdict) {
        unlinked.add(verdict);
    }

    @Override
    public void replayState(ReplayState replayState) {}

    @Override
    public void unclaimed(UnlinkedReason reason) {}

    /** Claims for confirm. */
    List<Claim> resolved() {
        return resolved;
    }

    /** Claims for choose. */
    List<Claim> verdicts() {
        return verdicts;
    }

    /** Links and retractions. */
    public List<Link> links() {
        return links;
    }

    /** Verdicts that events have no link. */
    public List<Unlinked> unlinked() {
        return unlinked;
    }
}
