package io.replaylinker.worker.page;

import io.replaylinker.schemas.Id;
import io.replaylinker.topology.join.Explained;
import io.replaylinker.topology.join.Explanation;
import java.util.List;
import java.util.function.Predicate;

/** The running join, to be queried about events. */
@FunctionalInterface
public interface LiveJoin {

    /**
     * What the join knows of events by their own id, their trace or their replay; scans all of its rows, and throws what the predicate throws.
     *
     * @param by what the ids are of
     * @param id matches the requested ids
     * @throws JoinUnavailableException when there is no join that could be queried
     */
    List<Explanation> explain(Explained by, Predicate<Id> id) throws JoinUnavailableException;
}
