/** The worker's metrics: one table of all of them, and their export to Prometheus. */
@NullMarked
package io.replaylinker.worker.metrics;

import org.jspecify.annotations.NullMarked;
