@NullMarked
package io.replaylinker.runtime.trouble;

import org.jspecify.annotations.NullMarked;
