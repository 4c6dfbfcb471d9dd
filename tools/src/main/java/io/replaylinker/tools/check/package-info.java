/** What can be wrong before the start, found by looking and trying. */
@NullMarked
package io.replaylinker.tools.check;

import org.jspecify.annotations.NullMarked;
