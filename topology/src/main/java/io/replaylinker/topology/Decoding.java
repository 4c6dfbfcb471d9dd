package io.replaylinker.topology;

import io.replaylinker.schemas.DeadLetter;
import io.replaylinker.serdes.Decoded;
import org.jspecify.annotations.Nullable;

/**
 * A decoded record within the topology.
 *
 * @param result anything but {@link Decoded.Control}, which ends at {@link DecodeStep}
 * @param deadLetter of a {@link Decoded.Rejection}, otherwise null
 */
record Decoding<T>(Decoded<T> result, @Nullable DeadLetter deadLetter) {}
