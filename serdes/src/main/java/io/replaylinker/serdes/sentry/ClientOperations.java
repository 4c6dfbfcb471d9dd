package io.replaylinker.serdes.sentry;

import org.jspecify.annotations.Nullable;

/**
 * Which spans call another service: those are the parents that the segments of that service name. Sources: OpenTelemetry's span
 * kinds, and the operations that Sentry's SDKs give to outgoing requests and messages.
 */
final class ClientOperations {

    private ClientOperations() {}

    /** Whether a span with this kind and operation calls another service; what is missing is null. */
    static boolean isClient(@Nullable String kind, @Nullable String op) {
        return isClientKind(kind) || (isClientOp(op) && !isServerKind(kind));
    }

    static boolean isClientKind(@Nullable String kind) {
        return "client".equalsIgnoreCase(kind) || "producer".equalsIgnoreCase(kind);
    }

    static boolean isServerKind(@Nullable String kind) {
        return "server".equalsIgnoreCase(kind) || "consumer".equalsIgnoreCase(kind);
    }

    /** Whether a span came over OpenTelemetry's protocol: such spans do not name their segment. */
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
