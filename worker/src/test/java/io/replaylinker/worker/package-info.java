/** Tests of the program. */
@NullMarked
package io.replaylinker.worker;

import org.jspecify.annotations.NullMarked;
