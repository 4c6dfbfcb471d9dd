package io.replaylinker.tools.letters;

import io.replaylinker.runtime.json.JsonFields;
import java.util.Base64;

/** A letter as programs read it. */
final class LetterJson {

    private LetterJson() {}

    static void write(JsonFields json, Letter letter) {
        json.time("set_aside_at", letter.written());
        json.text("topic", letter.content().getTopic());
        json.number("partition", (long) letter.content().getPartition());
        json.number("offset", letter.content().getOffset());
        json.time("record_at", letter.content().getRecordTimestampMs() < 0 ? null : letter.recordTime());
        json.text("stage", letter.content().getStage());
        json.text("reason", letter.content().getReason());
        json.text("detail", letter.content().getDetail());
        json.text("exception", letter.content().getException());
        json.number(
                "bytes",
                letter.content().getSizeBytes() < 0 ? null : letter.content().getSizeBytes());
        json.text("sha256", letter.content().getSha256() == null ? null : letter.sha256());
        json.text("head_base64", Base64.getEncoder().encodeToString(letter.head()));
    }
}
