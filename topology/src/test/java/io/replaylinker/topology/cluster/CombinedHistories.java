package io.replaylinker.topology.cluster;

import io.replaylinker.schemas.BackendEvent;
import io.replaylinker.schemas.ReplaySegment;
import io.replaylinker.schemas.Span;
import io.replaylinker.topology.join.Histories;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Many random histories at once, each with ids, projects and organizations of its own, all in one random order. */
final class CombinedHistories {

    private static final int PROJECTS_EACH = 1_000;
    private static final Pattern ID = Pattern.compile("[0-9a-f]{32}");

    private CombinedHistories() {}

    /** Some records come twice, as after a producer's retry. */
    static List<Object> of(int histories, Random random) {
        List<Object> all = new ArrayList<>();
        addTo(all, histories, random);
        Collections.shuffle(all, random);
        return all;
    }

    private static void addTo(List<Object> all, int histories, Random random) {
        for (int number = 1; number <= histories; number++) {
            for (Object record : Histories.history(random)) {
                if (record instanceof BackendEvent event) {
                    own(event, number);
                } else if (record instanceof Span span) {
                    own(span, number);
                } else if (record instanceof ReplaySegment segment) {
                    own(segment, number);
                }
                all.add(record);
                if (random.nextInt(10) == 0) {
                    all.add(record);
                }
            }
        }
    }

    private static void own(BackendEvent event, int history) {
        event.setEventId(id(event.getEventId(), history));
        event.setTraceId(id(event.getTraceId(), history));
        event.setReplayId(id(event.getReplayId(), history));
        event.setSentryTrace(headers(event.getSentryTrace(), history));
        event.setBaggage(headers(event.getBaggage(), history));
        event.setProjectId(project(event.getProjectId(), history));
        if (event.getOrganizationId() > 0) {
            event.setOrganizationId(project(event.getOrganizationId(), history));
        }
    }

    private static void own(Span span, int history) {
        span.setTraceId(String.valueOf(id(span.getTraceId(), history)));
        span.setReplayId(id(span.getReplayId(), history));
        span.setSentryTrace(headers(span.getSentryTrace(), history));
        span.setBaggage(headers(span.getBaggage(), history));
        span.setProjectId(project(span.getProjectId(), history));
        span.setOrganizationId(project(span.getOrganizationId(), history));
    }

    private static void own(ReplaySegment segment, int history) {
        segment.setReplayId(id(segment.getReplayId(), history));
        segment.setProjectId(project(segment.getProjectId(), history));
        segment.setTraceIds(segment.getTraceIds().stream()
                .map(trace -> String.valueOf(id(trace, history)))
                .toList());
        segment.setErrorIds(segment.getErrorIds().stream()
                .map(error -> String.valueOf(id(error, history)))
                .toList());
    }

    private static long project(long number, int history) {
        return history * (long) PROJECTS_EACH + number;
    }

    private static @Nullable String id(@Nullable String id, int history) {
        return id == null ? null : String.format("%08x", history) + id.substring(8);
    }

    private static @Nullable String headers(@Nullable String headers, int history) {
        return headers == null
                ? null
                : ID.matcher(headers).replaceAll(found -> String.valueOf(id(found.group(), history)));
    }
}
