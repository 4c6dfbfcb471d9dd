package io.replaylinker.benchmarks.workload;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.replaylinker.benchmarks.CaptureMessages;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;

/**
 * Templates of backend messages, made of what real SDKs sent: ids, times and names become holes, and stack frames or spans are repeated
 * until the message is as large as an average one.
 */
final class EventTemplates {

    private static final int BYTES = 10_000;
    private static final List<String> STRINGS =
            List.of("event_id", "platform", "datetime", "level", "transaction", "release", "environment");
    private static final List<String> NUMBERS =
            List.of("organization_id", "project_id", "project", "timestamp", "start_timestamp", "received");

    private final ObjectMapper mapper = new ObjectMapper();

    /** The first message on a topic whose event carries a replay id, with that id or without. */
    MessageTemplate of(String topic, boolean withReplay) {
        byte[] message = CaptureMessages.values(topic::equals).get(0);
        try {
            JsonNode insert = mapper.readTree(message);
            ObjectNode event = (ObjectNode) insert.get(2);
            ObjectNode data = (ObjectNode) event.get("data");
            ObjectNode contexts = (ObjectNode) data.get("contexts");
            String replay = contexts.get("replay").get("replay_id").asText();
            String trace = contexts.get("trace").get("trace_id").asText();
            if (!withReplay) {
                contexts.remove("replay");
            }
            makeHoles(insert, event, data, contexts);
            grow(insert, data);
            String text = mapper.writeValueAsString(insert).replace(trace, MessageTemplate.hole("trace_id"));
            return new MessageTemplate(
                    withReplay
                            ? text.replace(replay, MessageTemplate.hole("replay_id"))
                            : text.replace(",sentry-replay_id=" + replay, ""));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void makeHoles(JsonNode insert, ObjectNode event, ObjectNode data, ObjectNode contexts) {
        MessageTemplate.makeHoles(event, STRINGS, NUMBERS);
        MessageTemplate.makeHoles(data, STRINGS, NUMBERS);
        MessageTemplate.makeHoles(contexts.get("trace"), List.of("span_id", "op", "status", "origin"), List.of());
        ((ObjectNode) contexts.get("trace")).put("parent_span_id", MessageTemplate.hole("parent_span_id"));
        ((ObjectNode) data.get("sdk")).put("name", MessageTemplate.hole("sdk"));
        ArrayNode tags = data.putArray("tags");
        for (String tag : List.of("level", "environment", "transaction")) {
            tags.addArray().add(tag).add(MessageTemplate.hole(tag));
        }
        if (!event.get("group_id").isNull()) {
            event.put("group_id", MessageTemplate.rawHole("group_id"));
            event.putArray("group_ids").add(MessageTemplate.rawHole("group_id"));
            insert.get(3).get("group_states").forEach(state -> ((ObjectNode) state)
                    .put("id", MessageTemplate.rawHole("group_id")));
        }
    }

    private void grow(JsonNode insert, ObjectNode data) throws IOException {
        ArrayNode repeated = (ArrayNode)
                (data.has("exception")
                        ? data.get("exception")
                                .get("values")
                                .get(0)
                                .get("stacktrace")
                                .get("frames")
                        : data.get("spans"));
        int once = repeated.size();
        for (int i = 0; mapper.writeValueAsBytes(insert).length < BYTES; i++) {
            repeated.add(repeated.get(i % once));
        }
    }
}
