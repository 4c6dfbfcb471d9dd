package io.replaylinker.benchmarks.workload;

import io.replaylinker.schemas.BackendEvent;
import io.replaylinker.schemas.ReplaySegment;

/** Bytes of the workload's records in one format. */
interface MessageWriter {

    byte[] event(BackendEvent event);

    byte[] segment(ReplaySegment segment);
}
