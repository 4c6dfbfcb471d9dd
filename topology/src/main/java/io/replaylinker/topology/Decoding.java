package io.replaylinker.topology;

import io.replaylinker.schemas.DeadLetter;
import io.replaylinker.schemas.Id;
import java.util.List;

/** A record on its way out of decode: what it says, which events it deletes, or why it says nothing. */
sealed interface Decoding<T> {

    record Read<T>(T value) implements Decoding<T> {}

    record Tombstones<T>(long projectId, List<Id> eventIds) implements Decoding<T> {}

    record Rejected<T>(DeadLetter deadLetter) implements Decoding<T> {}
}
