package io.replaylinker.topology.join;

import io.replaylinker.schemas.UnlinkedReason;
import io.replaylinker.topology.join.FullLook.Choice;
import java.util.EnumSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Collects the reasons that may be emitted of an event, which is none for one that nobody asks for. */
final class Reasons {

    private final Fact.Event event;
    private final Set<UnlinkedReason> reasons = EnumSet.noneOf(UnlinkedReason.class);
    private boolean silent;

    Reasons(Fact.Event event) {
        this.event = event;
    }

    void add(Choice choice, @Nullable UnlinkedReason reason) {
        if (reason == null) {
            return;
        }
        boolean buffered = choice.buffering() && reason == UnlinkedReason.REPLAY_NOT_SEEN;
        if (event.isBackendError()) {
            reasons.add(buffered ? UnlinkedReason.BUFFER_NOT_SENT : reason);
        } else if (event.claims() && !buffered) {
            reasons.add(reason);
        } else {
            silent = true;
        }
    }

    Expected expected(Set<String> links) {
        return new Expected(links, reasons, silent);
    }

    /** Steps may have said what holds no more. */
    Expected ofAnyKind(Set<String> links) {
        return new Expected(
                links,
                event.isBackendError() || event.claims() ? EnumSet.allOf(UnlinkedReason.class) : reasons,
                silent);
    }
}
