@NullMarked
package io.replaylinker.runtime.why;

import org.jspecify.annotations.NullMarked;
