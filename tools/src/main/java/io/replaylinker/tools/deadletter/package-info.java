/** What could not be read or written, and another try: the topic of dead letters as people ask it. */
@NullMarked
package io.replaylinker.tools.deadletter;

import org.jspecify.annotations.NullMarked;
