package io.replaylinker.topology;

import io.replaylinker.schemas.DeadLetter;
import io.replaylinker.schemas.Link;
import io.replaylinker.schemas.ReplayState;
import io.replaylinker.schemas.TraceNode;
import io.replaylinker.schemas.Unlinked;
import org.apache.kafka.common.serialization.Serde;

/** Serdes of the join's outputs. */
public record OutputSerdes(
        Serde<Link> links,
        Serde<Unlinked> unlinked,
        Serde<ReplayState> states,
        Serde<DeadLetter> deadLetters,
        Serde<TraceNode> nodes) {}
