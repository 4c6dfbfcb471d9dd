@NullMarked
package io.replaylinker.benchmarks.join;

import org.jspecify.annotations.NullMarked;
