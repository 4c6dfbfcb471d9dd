package io.replaylinker.local;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;

/**
 * A recorded dump among the test resources and the links that are true of it.
 *
 * @param dump as kcat writes it
 * @param links tab-separated, with columns event_id and replay_id; an empty replay means that there is no link
 */
record Expected(String dump, String links) {

    /** What SDKs sent in a browser and behind it, with what really happened. */
    static final List<Expected> CAPTURES = List.of(
            new Expected("sdk-capture/capture.ndjson", "sdk-capture/expected-links.tsv"),
            new Expected("sdk11-capture/capture.ndjson", "sdk11-capture/expected-links.tsv"));

    /** Small inputs after bug reports. */
    static final List<Expected> REPORTS = List.of(
                    "a3-dup-sentry-trace-array",
                    "b1-own-trace-differs-from-header",
                    "b3-flag-in-fourth-part-own-trace-fresh",
                    "b8-process-wide-trace-background-job",
                    "d1-feedback-context",
                    "d2-replay-id-as-span-attribute",
                    "e1-error-ids-only",
                    "m1-cached-page-one-recorded-of-thirteen",
                    "s1b-witness-by-header-trace",
                    "s2f-traceparent-without-flags",
                    "s3a-several-baggage-headers-stale-first",
                    "s6a-page-open-six-minutes-just-outside",
                    "s8-late-upload-20h-and-30h")
            .stream()
            .map(name -> new Expected("reports/" + name + ".ndjson", "reports/" + name + ".expected.tsv"))
            .toList();

    List<String> lines() {
        return lines(dump);
    }

    /** Replay by event, of the events that have one. */
    Map<String, String> replays() {
        List<String> rows = lines(links);
        List<String> header = List.of(rows.get(0).split("\t", -1));
        int event = header.indexOf("event_id");
        int replay = header.indexOf("replay_id");
        Map<String, String> replays = new TreeMap<>();
        for (String row : rows.subList(1, rows.size())) {
            String[] columns = row.split("\t", -1);
            if (!columns[replay].isEmpty()) {
                replays.put(columns[event], columns[replay]);
            }
        }
        return replays;
    }

    private static List<String> lines(String resource) {
        try (InputStream input = Objects.requireNonNull(Expected.class.getResourceAsStream(resource), resource)) {
            return new String(input.readAllBytes(), StandardCharsets.UTF_8)
                    .lines()
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
