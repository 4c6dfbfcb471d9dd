package io.replaylinker.runtime.answer;

import io.replaylinker.clickhouse.query.Cursor;
import io.replaylinker.clickhouse.query.EventOutcome;
import io.replaylinker.clickhouse.query.KnownReplay;
import io.replaylinker.clickhouse.query.LinkedEvent;
import io.replaylinker.clickhouse.query.ReplayHit;
import io.replaylinker.runtime.json.JsonFields;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** Writes the fields of answers. */
final class JsonParts {

    private JsonParts() {}

    static void replay(KnownReplay replay, JsonFields json, SentryLinks sentry) {
        json.text("replay_id", replay.replayId());
        json.id("organization_id", replay.organizationId());
        json.id("project_id", replay.projectId());
        json.time("started_at", replay.startedAt());
        json.time("last_seen_at", replay.lastSeenAt());
        Duration length = replay.length();
        json.number("length_ms", length == null ? null : length.toMillis());
        json.number("segments", (long) replay.segments());
        json.flag("deleted", replay.archived());
        json.text("type", replay.type());
        json.text("platform", replay.platform());
        json.text("release", replay.release());
        json.text("environment", replay.environment());
        json.text("sentry_url", sentry.replay(replay.organizationId(), replay.replayId()));
    }

    static void event(LinkedEvent event, JsonFields json, SentryLinks sentry) {
        json.text("event_id", event.eventId());
        json.id("organization_id", event.organizationId());
        json.id("project_id", event.projectId());
        json.flag("occurrence", event.occurrence());
        json.text("kind", event.kind());
        json.text("type", event.type());
        json.text("level", event.level());
        json.text("transaction", event.transaction());
        json.text("op", event.op());
        json.text("status", event.status());
        json.number("duration_ms", event.durationMs());
        json.text("platform", event.platform());
        json.text("release", event.release());
        json.text("environment", event.environment());
        json.id("issue", event.groupId());
        json.text("trace_id", event.traceId());
        json.text("span_id", event.spanId());
        json.text("parent_span_id", event.parentSpanId());
        json.time("happened_at", event.eventAt());
        json.number("offset_ms", event.offset().toMillis());
        json.time("received_at", event.receivedAt());
        json.text("replay_id", event.replayId());
        json.id("replay_project_id", event.replayProjectId());
        json.time("replay_started_at", event.replayStartedAt());
        json.text("method", event.method());
        json.decimal("confidence", event.confidence());
        json.flag("in_session", event.inSession());
        json.flag("confirmed", event.confirmed());
        json.time("linked_at", event.linkedAt());
        json.time("ingested_at", event.ingestedAt());
        long organization = event.organizationId();
        json.text("sentry_url", sentry.event(organization, event.groupId(), event.eventId()));
        json.text("sentry_issue_url", sentry.issue(organization, event.groupId()));
        json.text("sentry_trace_url", sentry.trace(organization, event.traceId()));
        json.text("sentry_replay_url", sentry.replay(organization, event.replayId(), event.offset()));
    }

    static void hit(ReplayHit hit, JsonFields json, SentryLinks sentry) {
        replay(hit.replay(), json, sentry);
        json.number("events", hit.events());
        json.number("backend_errors", hit.backendErrors());
        json.text("worst_level", hit.worstLevel());
        json.time("first_event_at", hit.firstEventAt());
        json.time("last_event_at", hit.lastEventAt());
    }

    static void outcome(EventOutcome outcome, JsonFields json) {
        json.text("event_id", outcome.eventId());
        json.id("organization_id", outcome.organizationId());
        json.id("project_id", outcome.projectId());
        json.flag("occurrence", outcome.occurrence());
        json.text("kind", outcome.kind());
        json.text("origin", outcome.origin());
        json.text("method", outcome.method());
        json.text("outcome", outcome.outcome());
        json.flag("claimed", outcome.claimed());
        json.text("claimed_replay_id", outcome.claimedReplayId());
        json.time("received_at", outcome.receivedAt());
        json.time("published_at", outcome.publishedAt());
    }

    static void next(@Nullable Cursor next, JsonFields json) {
        json.text("next", next == null ? null : next.token());
    }
}
