package io.replaylinker.topology;

import io.replaylinker.topology.shuffle.Block;
import java.util.ArrayList;
import java.util.List;

/** What is in a block of the shuffle. */
final class Inputs {

    private Inputs() {}

    static List<JoinInput> of(JoinInput.Packed packed) {
        JoinInputSerde.Reader reader = new JoinInputSerde.Reader();
        List<JoinInput> inputs = new ArrayList<>();
        Block.read(packed.block(), 0, (block, from, length, ms) -> inputs.add(reader.read(block, from, length)));
        return inputs;
    }
}
