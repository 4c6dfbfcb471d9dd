package io.replaylinker.local.visits;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The trace headers of a request.
 *
 * @param sentryTrace values of {@code sentry-trace}; two if a proxy or a second instrumentation doubled it
 * @param baggage the value of {@code baggage}
 * @param replayId the replay id in the baggage, or null
 */
record Headers(
        List<String> sentryTrace, String baggage, @Nullable String replayId) {

    static Headers of(Trace trace, String span, @Nullable String replayId, boolean startedWithReplay) {
        String baggage = trace.baggage;
        if (replayId != null && startedWithReplay) {
            baggage = baggage.replace(",sentry-sampled=", ",sentry-replay_id=" + replayId + ",sentry-sampled=");
        } else if (replayId != null) {
            baggage = baggage + ",sentry-replay_id=" + replayId;
        }
        return new Headers(List.of(trace.header(span)), baggage, replayId);
    }

    Headers doubledBy(String other, boolean otherFirst) {
        List<String> both = otherFirst ? List.of(other, sentryTrace.get(0)) : List.of(sentryTrace.get(0), other);
        return new Headers(both, baggage, replayId);
    }

    Headers withVendor() {
        return new Headers(sentryTrace, "vendor=a%20b;ttl=3," + baggage, replayId);
    }

    /** As {@code data.request.headers}: pairs in lower case, or an object in title case. */
    Object json(boolean object, int doubling) {
        if (object) {
            Object trace = sentryTrace.size() == 1 ? sentryTrace.get(0) : String.join(", ", sentryTrace);
            return new JsonText()
                    .put("Host", "shop.example")
                    .put("Sentry-Trace", trace)
                    .put("Baggage", baggage);
        }
        List<Object> pairs = new ArrayList<>();
        pairs.add(List.of("host", "shop.example"));
        if (sentryTrace.size() == 1) {
            pairs.add(List.of("sentry-trace", sentryTrace.get(0)));
        } else if (doubling == 0) {
            pairs.add(List.of("sentry-trace", sentryTrace));
        } else if (doubling == 1) {
            pairs.add(List.of("sentry-trace", String.join(",", sentryTrace)));
        } else {
            sentryTrace.forEach(value -> pairs.add(List.of("sentry-trace", value)));
        }
        pairs.add(List.of("baggage", baggage));
        return pairs;
    }
}
