/** Tests of cli. */
@NullMarked
package io.replaylinker.runtime.cli;

import org.jspecify.annotations.NullMarked;
