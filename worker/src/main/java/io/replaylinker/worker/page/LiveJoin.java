package io.replaylinker.worker.page;

import io.replaylinker.schemas.Id;
import io.replaylinker.topology.join.Explanation;
import java.util.List;
import java.util.function.Predicate;

/** The running join, to be asked about events. */
@FunctionalInterface
public interface LiveJoin {

    /**
     * What it knows of events that pass; goes through all of its rows, and ends with whatever the predicate throws.
     *
     * @throws JoinUnavailableException when there is none that could be asked
     */
    List<Explanation> explain(Predicate<Id> event) throws JoinUnavailableException;
}
