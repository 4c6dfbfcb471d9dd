/** The command {@code run}: what the deployed worker does. */
@NullMarked
package io.replaylinker.worker;

import org.jspecify.annotations.NullMarked;
