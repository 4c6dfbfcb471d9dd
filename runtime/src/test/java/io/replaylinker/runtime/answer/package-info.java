@NullMarked
package io.replaylinker.runtime.answer;

import org.jspecify.annotations.NullMarked;
