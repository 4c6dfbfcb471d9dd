/** Checks for all that can be wrong before the start. */
@NullMarked
package io.replaylinker.tools.check;

import org.jspecify.annotations.NullMarked;
