/** Why an event has a link or none, in words. */
@NullMarked
package io.replaylinker.runtime.why;

import org.jspecify.annotations.NullMarked;
