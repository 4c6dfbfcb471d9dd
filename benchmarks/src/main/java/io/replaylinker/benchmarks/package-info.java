/** Figures, measured: each benchmark stands for one promise of docs/performance.md. */
@NullMarked
package io.replaylinker.benchmarks;

import org.jspecify.annotations.NullMarked;
