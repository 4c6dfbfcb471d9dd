package io.replaylinker.topology;

import io.replaylinker.schemas.DeadLetter;
import io.replaylinker.schemas.Id;
import java.util.List;

/** The result of decoding a record: its value, the events that it deletes, or the reason why it was rejected. */
sealed interface Decoding<T> {

    record Read<T>(T value) implements Decoding<T> {}

    record Tombstones<T>(long projectId, List<Id> eventIds) implements Decoding<T> {}

    record Rejected<T>(DeadLetter deadLetter) implements Decoding<T> {}
}
