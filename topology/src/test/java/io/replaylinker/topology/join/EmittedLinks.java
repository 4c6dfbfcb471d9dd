package io.replaylinker.topology.join;

import io.replaylinker.schemas.EventSummary;
import io.replaylinker.schemas.Link;
import io.replaylinker.serdes.Ids;
import java.util.HashMap;
import java.util.Map;
import java.util.TreeMap;

/** Reads words on links as the table does: of those with one key the highest version counts, and a deleted one is gone. */
public final class EmittedLinks {

    private final Map<String, Link> links = new HashMap<>();

    /** An event as the oracle names it: its id alone is not enough, because another project may copy it. */
    public static String key(EventSummary event) {
        return event.getProjectId() + "/" + Ids.hex(event.getEventId());
    }

    /** Takes one word in. */
    public void add(Link link) {
        String key = key(link.getEvent()) + Ids.hex(link.getReplayId());
        Link before = links.get(key);
        if (before == null || before.getVersion() < link.getVersion()) {
            links.put(key, link);
        } else if (before.getVersion() == link.getVersion()
                && !before.equals(link)
                && !(before.getDeleted() && link.getDeleted())) {
            throw new AssertionError("two words of one version: " + before + " and " + link);
        }
    }

    /** Event to replay and what the link says of it. Fails when an event has two. */
    public Map<String, String> held() {
        Map<String, String> held = new TreeMap<>();
        links.values().stream().filter(link -> !link.getDeleted()).forEach(link -> {
            String event = key(link.getEvent());
            String other = held.put(event, text(link));
            if (other != null) {
                throw new AssertionError("event " + event + " has two links: " + other + " and " + text(link));
            }
        });
        return held;
    }

    private static String text(Link link) {
        return Ids.hex(link.getReplayId()) + " of project " + link.getReplayProjectId() + " by " + link.getMethod()
                + " "
                + link.getConfidence() + " started " + link.getReplayStartedMs()
                + (link.getInSession() ? "" : " out of session");
    }
}
