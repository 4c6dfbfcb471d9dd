/** The join as users of other tools would write it, on the same topics and the same compact records. */
@NullMarked
package io.replaylinker.benchmarks.peer;

import org.jspecify.annotations.NullMarked;
