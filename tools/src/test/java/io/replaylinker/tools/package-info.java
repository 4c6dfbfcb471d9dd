/** Tests of the program. */
@NullMarked
package io.replaylinker.tools;

import org.jspecify.annotations.NullMarked;
