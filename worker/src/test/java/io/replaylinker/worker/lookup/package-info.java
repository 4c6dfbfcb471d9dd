/** Tests of the commands that ask the tables. */
@NullMarked
package io.replaylinker.worker.lookup;

import org.jspecify.annotations.NullMarked;
