package io.replaylinker.tools.deadletter;

import io.replaylinker.runtime.json.JsonFields;
import java.util.Base64;

/** A dead letter as JSON. */
final class DeadLetterJson {

    private DeadLetterJson() {}

    static void write(JsonFields json, DeadLetterRecord deadLetter) {
        json.time("set_aside_at", deadLetter.written());
        json.text("topic", deadLetter.content().getTopic());
        json.number("partition", (long) deadLetter.content().getPartition());
        json.number("offset", deadLetter.content().getOffset());
        json.time("record_at", deadLetter.content().getRecordTimestampMs() < 0 ? null : deadLetter.recordTime());
        json.text("stage", deadLetter.content().getStage());
        json.text("reason", deadLetter.content().getReason());
        json.text("detail", deadLetter.content().getDetail());
        json.text("exception", deadLetter.content().getException());
        json.number(
                "bytes",
                deadLetter.content().getSizeBytes() < 0
                        ? null
                        : deadLetter.content().getSizeBytes());
        json.text("sha256", deadLetter.content().getSha256() == null ? null : deadLetter.sha256());
        json.text("head_base64", Base64.getEncoder().encodeToString(deadLetter.head()));
    }
}
