/** What the worker measures of itself: one table of all metrics, and how they get to Prometheus. */
@NullMarked
package io.replaylinker.worker.metrics;

import org.jspecify.annotations.NullMarked;
