/** Commands on dead letters: lists the records that could not be read or written, and retries them. */
@NullMarked
package io.replaylinker.tools.deadletter;

import org.jspecify.annotations.NullMarked;
