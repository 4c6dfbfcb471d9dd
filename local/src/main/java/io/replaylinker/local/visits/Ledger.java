package io.replaylinker.local.visits;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Everything that was sent, with what is known of it. */
final class Ledger {

    private final List<Message> messages = new ArrayList<>();
    private final List<Draft> drafts = new ArrayList<>();
    private final List<Traffic.PlainEvent> plainEvents = new ArrayList<>();
    private final List<Traffic.PlainReplay> plainReplays = new ArrayList<>();
    private final Set<String> sentReplays = new HashSet<>();
    private final Set<String> listedErrors = new HashSet<>();

    void send(String topic, @Nullable String key, Object json, long recordMs) {
        messages.add(new Message(topic, key, json.toString(), recordMs));
    }

    void event(Draft draft, Traffic.PlainEvent plain) {
        drafts.add(draft);
        plainEvents.add(plain);
    }

    /** An event, a span or a segment names both. */
    void tie(Recording recording, Trace trace, long deviceMs) {
        trace.named.add(recording.replayId);
        plainReplays.add(new Traffic.PlainReplay(recording.replayId, trace.id, deviceMs));
    }

    /** A segment of the replay arrived. */
    void seen(Recording recording, long recordMs) {
        sentReplays.add(recording.replayId);
        recording.firstSeenMs = Math.min(recording.firstSeenMs, recordMs);
    }

    void listsError(String eventId) {
        listedErrors.add(eventId);
    }

    Traffic close(Dice dice) {
        messages.sort(Comparator.comparingLong(Message::timestampMs));
        List<TrueEvent> events =
                drafts.stream().map(draft -> draft.judge(listedErrors)).toList();
        plainReplays.removeIf(replay -> !sentReplays.contains(replay.replayId()));
        return new Traffic(messages, events, plainEvents, plainReplays, dice.taken());
    }
}
