/** Tests of cli. */
@NullMarked
package io.replaylinker.worker.cli;

import org.jspecify.annotations.NullMarked;
