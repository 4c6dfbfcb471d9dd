/** Explanations of why an event has a link or not. */
@NullMarked
package io.replaylinker.runtime.why;

import org.jspecify.annotations.NullMarked;
