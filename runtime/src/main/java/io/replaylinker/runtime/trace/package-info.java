/** The tree of a trace and its text. */
@NullMarked
package io.replaylinker.runtime.trace;

import org.jspecify.annotations.NullMarked;
