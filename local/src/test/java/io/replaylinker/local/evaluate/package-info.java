/** Tests of the reading of dumps. */
@NullMarked
package io.replaylinker.local.evaluate;

import org.jspecify.annotations.NullMarked;
