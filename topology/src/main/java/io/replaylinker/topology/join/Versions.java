package io.replaylinker.topology.join;

import java.nio.ByteBuffer;

/** The first byte of every row's value: an upgrade reads the rows of the release before it. */
final class Versions {

    private Versions() {}

    static ByteBuffer check(byte[] row, byte version) {
        ByteBuffer in = ByteBuffer.wrap(row);
        byte found = in.get();
        if (found != version) {
            throw new IllegalStateException("State row of version " + found + ", this release reads " + version
                    + ": the state was written by another release, which this one cannot follow");
        }
        return in;
    }
}
