@NullMarked
package io.replaylinker.runtime.trace;

import org.jspecify.annotations.NullMarked;
