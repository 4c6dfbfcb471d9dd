/** Dead letters as people ask them: on a real broker and engine, and what can be wrong before any is asked. */
@NullMarked
package io.replaylinker.tools.deadletter;

import org.jspecify.annotations.NullMarked;
