/** Commands that ask the tables: lookup, coverage, why. */
@NullMarked
package io.replaylinker.worker.lookup;

import org.jspecify.annotations.NullMarked;
