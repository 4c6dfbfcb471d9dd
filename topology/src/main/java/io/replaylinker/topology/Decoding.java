package io.replaylinker.topology;

import io.replaylinker.schemas.DeadLetter;

/** A record on its way out of decode: what it says, or why it says nothing. */
sealed interface Decoding<T> {

    record Read<T>(T value) implements Decoding<T> {}

    record Rejected<T>(DeadLetter letter) implements Decoding<T> {}
}
