package io.replaylinker.topology;

/** Thrown when so many records of a topic cannot be read that continuing would only fill the dead letters. */
public final class TooManyRejectionsException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    TooManyRejectionsException(String topic, int rejected) {
        super(rejected + " of the last " + RejectionLimit.RECORDS + " records of topic " + topic
                + " could not be read; see the dead letters, then fix the topic's format or its producer, or raise the"
                + " share that is allowed");
    }
}
