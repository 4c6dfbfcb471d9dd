package io.replaylinker.worker.start;

import io.replaylinker.runtime.cli.CommandFailedException;

/** The heap that the state of the join needs: its rows, reserve for the collector, and all else that the program does. */
public final class StateHeap {

    private static final long ALL_ELSE_BYTES = 128L << 20;

    private StateHeap() {}

    /** The heap in bytes for a state of that size, with all else that is on it. */
    public static long needed(long stateBytes) {
        return stateBytes + stateBytes / 3 + ALL_ELSE_BYTES;
    }

    /**
     * Compares a size of the state with the heap of this process.
     *
     * @param stateBytes as in {@code state.memory}
     * @throws CommandFailedException if the heap of this process would be full before the state is
     */
    public static void require(long stateBytes) {
        long heap = Runtime.getRuntime().maxMemory();
        if (needed(stateBytes) > heap) {
            throw new CommandFailedException(
                    "state.memory is %s and the heap %s, which is too small: set -Xmx to %s or more, or lower state.memory."
                            .formatted(Units.bytes(stateBytes), Units.bytes(heap), Units.bytes(needed(stateBytes))));
        }
    }
}
