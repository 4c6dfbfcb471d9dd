@NullMarked
package io.replaylinker.benchmarks.workload;

import org.jspecify.annotations.NullMarked;
