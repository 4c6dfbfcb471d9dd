@NullMarked
package io.replaylinker.serdes.trace;

import org.jspecify.annotations.NullMarked;
