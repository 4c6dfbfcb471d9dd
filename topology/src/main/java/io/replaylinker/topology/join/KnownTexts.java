package io.replaylinker.topology.join;

import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * The texts that Sentry's SDKs write into most events: types, levels, platforms, operations, statuses and usual names of
 * environments. In the bytes of a claim a number takes their place, the first 64 of them in one byte. The numbers are
 * part of the format: a text is added at the end, and none is removed or moved.
 */
final class KnownTexts {

    private static final List<String> TEXTS = List.of(
            // Events and severities first, which each event has.
            "error",
            "transaction",
            "default",
            "generic",
            "feedback",
            "warning",
            "info",
            "fatal",
            "debug",
            "log",
            "sample",
            "javascript",
            "node",
            "python",
            "java",
            "php",
            "ruby",
            "go",
            "csharp",
            "native",
            "cocoa",
            "rust",
            "elixir",
            "dart",
            "other",
            "http.server",
            "http.client",
            "http",
            "pageload",
            "navigation",
            "ui.action",
            "ui.action.click",
            "ui.load",
            "ui.webvital",
            "function",
            "middleware",
            "db",
            "db.query",
            "cache.get",
            "graphql",
            "rpc",
            "grpc.server",
            "websocket.server",
            "queue.process",
            "queue.publish",
            "queue.task",
            "queue.task.celery",
            "task",
            "cron",
            "ok",
            "internal_error",
            "not_found",
            "invalid_argument",
            "unknown_error",
            "unknown",
            "cancelled",
            "deadline_exceeded",
            "permission_denied",
            "unauthenticated",
            "unavailable",
            "production",
            "staging",
            "development",
            "prod",
            // From here on two bytes.
            "dev",
            "test",
            "qa",
            "local",
            "preview",
            "already_exists",
            "failed_precondition",
            "aborted",
            "out_of_range",
            "unimplemented",
            "resource_exhausted",
            "data_loss",
            "objc",
            "swift",
            "kotlin",
            "perl",
            "c",
            "groovy",
            "haskell",
            "scala",
            "powershell",
            "csp",
            "hpkp",
            "expectct",
            "expectstaple",
            "nel");

    private static final Map<String, Integer> NUMBERS = numbers();

    private KnownTexts() {}

    private static Map<String, Integer> numbers() {
        Map<String, Integer> numbers = new HashMap<>();
        for (String text : TEXTS) {
            numbers.put(text, numbers.size());
        }
        return Map.copyOf(numbers);
    }

    /** The number of a text, from 0 on; -1 for one that is not known. */
    static int number(String text) {
        return NUMBERS.getOrDefault(text, -1);
    }

    /** How many there are. */
    static int size() {
        return TEXTS.size();
    }

    static String text(int number) {
        return TEXTS.get(number);
    }
}
