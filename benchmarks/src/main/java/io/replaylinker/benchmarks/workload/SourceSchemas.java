package io.replaylinker.benchmarks.workload;

import io.replaylinker.schemas.BackendEvent;
import io.replaylinker.schemas.DeadLetter;
import io.replaylinker.schemas.Link;
import io.replaylinker.schemas.ReplaySegment;
import io.replaylinker.schemas.ReplayState;
import io.replaylinker.schemas.Unlinked;
import io.replaylinker.serdes.avro.ValueSerdes;
import io.replaylinker.serdes.registry.SchemaRegistry;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.apache.avro.Schema;

/**
 * One registry for all processes of a benchmark without a server: each has its own in memory, and fills it with the same schemas in the
 * same order, so the ids are the same.
 */
public final class SourceSchemas {

    /** Value for {@code schema.registry.url}. */
    public static final String REGISTRY_URL = "mock://benchmark";

    private static final List<Schema> ALL = List.of(
            BackendEvent.getClassSchema(),
            ReplaySegment.getClassSchema(),
            Link.getClassSchema(),
            Unlinked.getClassSchema(),
            ReplayState.getClassSchema(),
            DeadLetter.getClassSchema());

    private SourceSchemas() {}

    /** Fills the registry of this process, and gives serdes on it. */
    public static ValueSerdes serdes() {
        ValueSerdes serdes = ValueSerdes.of(Map.of("schema.registry.url", REGISTRY_URL));
        SchemaRegistry registry = Objects.requireNonNull(serdes.registry());
        ALL.forEach(schema -> registry.register(schema.getName(), schema));
        return serdes;
    }
}
