package io.replaylinker.local.visits;

import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * What a mix sent, and what is true of it.
 *
 * @param messages in the order of their record time
 * @param events every event among them, with its true replay
 * @param plainEvents what a reader of single messages sees of each event
 * @param plainReplays what a reader of single messages sees of the traces of each replay
 * @param knobs how often each turn of the simulation was taken, by name
 */
public record Traffic(
        List<Message> messages,
        List<TrueEvent> events,
        List<PlainEvent> plainEvents,
        List<PlainReplay> plainReplays,
        Map<String, Integer> knobs) {

    /** Copies the lists. */
    public Traffic {
        messages = List.copyOf(messages);
        events = List.copyOf(events);
        plainEvents = List.copyOf(plainEvents);
        plainReplays = List.copyOf(plainReplays);
        knobs = Collections.unmodifiableMap(new TreeMap<>(knobs));
    }

    /**
     * An event by itself.
     *
     * @param eventId as in {@link TrueEvent}
     * @param atMs its own time, epoch milliseconds
     * @param ownId the replay id in its context, attribute, tag or propagated context, or null
     * @param traceId its own trace, 32 hex digits
     */
    public record PlainEvent(
            String eventId, long atMs, @Nullable String ownId, String traceId) {}

    /**
     * A trace that a replay lists, or that an event names together with the replay.
     *
     * @param replayId 32 hex digits
     * @param traceId 32 hex digits
     * @param atMs when, by the clock of the device, epoch milliseconds
     */
    public record PlainReplay(String replayId, String traceId, long atMs) {}
}
