package io.replaylinker.serdes.sentry;

import org.jspecify.annotations.Nullable;

/**
 * Recognizes spans that call another service. They are the parents that the segments of that service name. Sources: OpenTelemetry's span
 * kinds, and the operations of outgoing requests and messages in Sentry's SDKs.
 */
final class ClientOperations {

    private ClientOperations() {}

    /** Returns whether a span with this kind and operation calls another service. Null means missing. */
    static boolean isClient(@Nullable String kind, @Nullable String op) {
        return isClientKind(kind) || (isClientOp(op) && !isServerKind(kind));
    }

    static boolean isClientKind(@Nullable String kind) {
        return "client".equalsIgnoreCase(kind) || "producer".equalsIgnoreCase(kind);
    }

    static boolean isServerKind(@Nullable String kind) {
        return "server".equalsIgnoreCase(kind) || "consumer".equalsIgnoreCase(kind);
    }

    /** Returns whether a span was sent with OpenTelemetry's protocol. Such spans do not name their segment. */
    static boolean isOtlp(@Nullable String origin) {
        return origin != null && origin.startsWith("auto.otlp");
    }

    static boolean isClientOp(@Nullable String op) {
        return op != null
                && (op.startsWith("http.client")
                        || op.startsWith("grpc")
                        || op.startsWith("rpc")
                        || op.startsWith("queue.publish"));
    }
}
