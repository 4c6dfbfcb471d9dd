/** Questions to the tables with their answers in words and as JSON: the command line and the status page say the same. */
@NullMarked
package io.replaylinker.runtime.answer;

import org.jspecify.annotations.NullMarked;
