/** Tests of wiring. */
@NullMarked
package io.replaylinker.runtime.wiring;

import org.jspecify.annotations.NullMarked;
