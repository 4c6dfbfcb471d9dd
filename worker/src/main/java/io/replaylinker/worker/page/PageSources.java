package io.replaylinker.worker.page;

import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.function.Supplier;

/**
 * Sources of the data on the page.
 *
 * @param recorder of the meters of the join and the sinks; outlives the page
 * @param parts how the parts of the worker are now
 * @param join the running one
 * @param tablesClock the present time for what is in the tables
 * @param coverageOver how far back errors count
 */
public record PageSources(
        PageSettings settings,
        MeterRecorder recorder,
        Supplier<List<PagePart>> parts,
        LiveJoin join,
        Clock tablesClock,
        Duration coverageOver) {}
