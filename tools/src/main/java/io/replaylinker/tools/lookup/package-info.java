/** Commands that query the tables: lookup, coverage, why. */
@NullMarked
package io.replaylinker.tools.lookup;

import org.jspecify.annotations.NullMarked;
