package io.replaylinker.runtime.answer;

import io.replaylinker.clickhouse.query.EventDensity;
import io.replaylinker.runtime.json.JsonFields;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/** A density as fields of an object: for each project and look the number of events in each step. */
final class DensityFields {

    private DensityFields() {}

    static void write(EventDensity density, JsonFields json) {
        json.number("events", density.events());
        json.time("from", density.from());
        json.number("step_ms", density.step().toMillis());
        json.array("series", series(density), series -> {
            json.id("project_id", series.key().projectId());
            json.text("look", series.key().look().name().toLowerCase(Locale.ROOT));
            json.numbers("counts", series.counts());
        });
    }

    private static List<Series> series(EventDensity density) {
        Map<Key, long[]> counts = new TreeMap<>();
        for (EventDensity.Cell cell : density.cells()) {
            counts.computeIfAbsent(new Key(cell.projectId(), cell.look()), key -> new long[density.steps()])[
                            cell.step()] +=
                    cell.events();
        }
        List<Series> all = new ArrayList<>();
        counts.forEach((key, values) -> all.add(new Series(key, values)));
        return all;
    }

    private record Key(long projectId, EventDensity.Look look) implements Comparable<Key> {

        private static final Comparator<Key> ORDER =
                Comparator.comparing(Key::projectId, Long::compareUnsigned).thenComparing(Key::look);

        @Override
        public int compareTo(Key other) {
            return ORDER.compare(this, other);
        }
    }

    @SuppressWarnings("ArrayRecordComponent") // never compared
    private record Series(Key key, long[] counts) {}
}
