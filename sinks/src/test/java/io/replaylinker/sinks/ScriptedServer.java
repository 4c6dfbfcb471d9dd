package io.replaylinker.sinks;

import io.replaylinker.clickhouse.RequestPace;
import io.replaylinker.clickhouse.StorageException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Answers each batch as a test says, by a virtual clock, and keeps what was asked, when, and what got in. */
final class ScriptedServer implements BatchInserter {

    private final VirtualTimetable time;
    private final RequestPace pace;
    private final Function<Batch, @Nullable StorageException> answer;
    private final List<Long> requestNanos = new ArrayList<>();
    private final List<String> requests = new ArrayList<>();
    private final Set<String> tokens = new HashSet<>();
    private final StringBuilder table = new StringBuilder();
    private int checks;

    /** @param answer null for yes */
    ScriptedServer(VirtualTimetable time, Function<Batch, @Nullable StorageException> answer) {
        this.time = time;
        this.answer = answer;
        pace = new RequestPace(Duration.ofSeconds(1), time::nanoTime);
    }

    /** The ranges that were sent, in order. */
    List<String> requests() {
        return requests.stream()
                .map(range -> range.substring(range.indexOf('@') + 1))
                .toList();
    }

    /** The rows, each once however often its block came. */
    String table() {
        return table.toString();
    }

    int checks() {
        return checks;
    }

    /** The shortest time between two requests. */
    Duration shortestGap() {
        long shortest = Long.MAX_VALUE;
        for (int i = 1; i < requestNanos.size(); i++) {
            shortest = Math.min(shortest, requestNanos.get(i) - requestNanos.get(i - 1));
        }
        return Duration.ofNanos(shortest);
    }

    /** How many requests came up to that time. */
    long requestsUntil(Duration until) {
        return requestNanos.stream().filter(nanos -> nanos <= until.toNanos()).count();
    }

    @Override
    public void prepare() {
        checks++;
    }

    @Override
    public void insert(Batch batch) {
        requestNanos.add(time.nanoTime());
        requests.add(batch.range());
        StorageException failure = answer.apply(batch);
        if (failure != null) {
            throw failure;
        }
        if (tokens.add(batch.token())) {
            table.append(RecordingInserter.text(batch));
        }
    }

    @Override
    public RequestPace pace() {
        return pace;
    }

    @Override
    public void close() {
        table.append("closed");
    }
}
