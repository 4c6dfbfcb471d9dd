/** Tries what is shipped beside the program. */
@NullMarked
package io.replaylinker.deploy;

import org.jspecify.annotations.NullMarked;
