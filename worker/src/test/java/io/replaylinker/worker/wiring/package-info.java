/** Settings against real parts. */
@NullMarked
package io.replaylinker.worker.wiring;

import org.jspecify.annotations.NullMarked;
