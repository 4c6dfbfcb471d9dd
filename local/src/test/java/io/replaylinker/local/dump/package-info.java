/** Tests of the reading of dumps. */
@NullMarked
package io.replaylinker.local.dump;

import org.jspecify.annotations.NullMarked;
