@NullMarked
package io.replaylinker.benchmarks.peer;

import org.jspecify.annotations.NullMarked;
