/** The input of the benchmarks: what a seed makes of replays and events, and how it gets onto topics. */
@NullMarked
package io.replaylinker.benchmarks.workload;

import org.jspecify.annotations.NullMarked;
