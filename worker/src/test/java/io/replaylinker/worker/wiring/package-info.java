/** Tests of wiring. */
@NullMarked
package io.replaylinker.worker.wiring;

import org.jspecify.annotations.NullMarked;
