/** Flink's interval join on the benchmark's topics. */
@NullMarked
package io.replaylinker.benchmarks.flink;

import org.jspecify.annotations.NullMarked;
