package io.replaylinker.topology.shuffle;

import java.util.OptionalLong;

/** Reads from the blocks of a topic the progress that the step reading them had when they were written. */
public interface Progress {

    /**
     * The progress that a block notes.
     *
     * @param topic of the block
     * @param block its bytes
     * @return epoch milliseconds; empty for a block that notes none
     */
    OptionalLong in(String topic, byte[] block);
}
