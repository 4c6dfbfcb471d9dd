/** The table of metrics and what is made of it. */
@NullMarked
package io.replaylinker.worker.metrics;

import org.jspecify.annotations.NullMarked;
