package io.replaylinker.topology.claim;

import io.replaylinker.schemas.BackendEvent;
import io.replaylinker.schemas.Span;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Determines the side that an event comes from: a browser or app, where a visit begins, or a server. There is no field
 * for it, so it is derived from the SDK's name, the platform and the operation of the span. Source: names in Sentry's
 * public SDKs, read in 2026.
 */
final class Senders {

    private static final Set<String> CLIENT_PLATFORMS = Set.of(
            "javascript", "cocoa", "dart", "java-android", "android", "react-native", "flutter", "objc", "swift");

    /** Their SDKs record no replay, so that no recorder can name one of their errors. */
    private static final Set<String> SERVER_PLATFORMS =
            Set.of("node", "python", "ruby", "php", "go", "elixir", "perl", "haskell");

    /** JavaScript on servers, some of which also report the platform javascript. */
    private static final Set<String> SERVER_SDKS = Set.of(
            "sentry.javascript.node",
            "sentry.javascript.node-core",
            "sentry.javascript.bun",
            "sentry.javascript.deno",
            "sentry.javascript.cloudflare",
            "sentry.javascript.vercel-edge",
            "sentry.javascript.nestjs",
            "sentry.javascript.hono",
            "sentry.javascript.elysia",
            "sentry.javascript.aws-serverless",
            "sentry.javascript.google-cloud-serverless");

    /** Prefixes of names: apps of React Native, Flutter and Unity append their own, as sentry.java.android.flutter. */
    private static final List<String> CLIENT_SDKS = List.of(
            "sentry.java.android",
            "sentry.native.android",
            "sentry.cocoa",
            "sentry.dart",
            "sentry.javascript.browser",
            "sentry.javascript.react-native");

    private Senders() {}

    /** Whether a browser or app sent the event. */
    static boolean isClient(BackendEvent event) {
        boolean hasHeaders = event.getSentryTrace() != null || event.getBaggage() != null;
        return event.getAttributeReplayId() != null
                || isClient(event.getOp(), event.getOrigin(), event.getSdk(), event.getPlatform(), hasHeaders);
    }

    /** Whether a browser or app sent the span. */
    static boolean isClient(Span span) {
        boolean hasHeaders = span.getSentryTrace() != null || span.getBaggage() != null;
        return span.getReplayId() != null
                || isClient(span.getOp(), span.getOrigin(), span.getSdk(), span.getPlatform(), hasHeaders);
    }

    private static boolean isClient(
            @Nullable String op,
            @Nullable String origin,
            @Nullable String sdk,
            @Nullable String platform,
            boolean hasHeaders) {
        if (isOfPage(op) || isOfBrowser(origin)) {
            return true;
        }
        if (hasHeaders || isOfServer(op, sdk)) {
            return false;
        }
        return (platform != null && CLIENT_PLATFORMS.contains(platform)) || (sdk != null && isClientSdk(sdk));
    }

    private static boolean isOfServer(@Nullable String op, @Nullable String sdk) {
        return (sdk != null && SERVER_SDKS.contains(sdk))
                || (op != null && (op.startsWith("http.server") || op.startsWith("queue.process")));
    }

    private static boolean isClientSdk(String sdk) {
        return CLIENT_SDKS.stream().anyMatch(sdk::startsWith);
    }

    private static boolean isOfPage(@Nullable String op) {
        return op != null && (isRoot(op) || op.startsWith("ui.") || op.startsWith("browser."));
    }

    private static boolean isOfBrowser(@Nullable String origin) {
        return origin != null && (origin.endsWith(".browser") || origin.contains(".browser."));
    }

    /** Whether a span with this operation is the root of a visit: a page load, a navigation, a screen of an app. */
    static boolean isRoot(@Nullable String op) {
        return op != null && (op.equals("pageload") || op.equals("navigation") || op.equals("ui.load"));
    }

    /** Whether a recorder may have sent the event, and so may name it among its errors. */
    static boolean mayRecord(BackendEvent event) {
        return event.getPlatform() == null || !SERVER_PLATFORMS.contains(event.getPlatform());
    }
}
