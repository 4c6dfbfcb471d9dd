package io.replaylinker.local.visits;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** A trace as the simulation knows it. */
final class Trace {

    final String id;
    final boolean sampled;
    /** The server's span in the page's {@code <meta>}, or null if a browser started the trace. */
    final @Nullable String serverSpan;

    final String baggage;
    /** Page views that were given this trace. */
    final List<PageView> views = new ArrayList<>();
    /** Replays that an event, a span or a segment names together with this trace. */
    final Set<String> named = new HashSet<>();

    private Trace(String id, boolean sampled, @Nullable String serverSpan, String baggage) {
        this.id = id;
        this.sampled = sampled;
        this.serverSpan = serverSpan;
        this.baggage = baggage;
    }

    static Trace ofBrowser(Dice dice, boolean sampled, long project) {
        return make(dice, sampled, null, "web%401", project);
    }

    static Trace ofServer(Dice dice, boolean sampled, long project) {
        return make(dice, sampled, dice.id64(), "api%403", project);
    }

    boolean continued() {
        return serverSpan != null;
    }

    String header(String span) {
        return id + "-" + span + (sampled ? "-1" : "-0");
    }

    private static Trace make(Dice dice, boolean sampled, @Nullable String span, String release, long project) {
        String id = dice.id128();
        String baggage = "sentry-environment=prod,sentry-release=" + release + ",sentry-public_key=pub" + project
                + ",sentry-trace_id=" + id + ",sentry-sampled=" + sampled + ",sentry-sample_rand=0."
                + dice.between(100_000, 999_999) + ",sentry-sample_rate=0.85";
        return new Trace(id, sampled, span, baggage);
    }
}
