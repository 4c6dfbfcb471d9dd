/** Tests of the demo. */
@NullMarked
package io.replaylinker.local;

import org.jspecify.annotations.NullMarked;
