package io.replaylinker.worker.page;

import io.replaylinker.schemas.Id;
import io.replaylinker.topology.join.Explanation;
import java.util.List;
import java.util.function.Predicate;

/** The running join, to be queried about events. */
@FunctionalInterface
public interface LiveJoin {

    /**
     * What the join knows of events that match; scans all of its rows, and throws what the predicate throws.
     *
     * @throws JoinUnavailableException when there is no join that could be queried
     */
    List<Explanation> explain(Predicate<Id> event) throws JoinUnavailableException;
}
