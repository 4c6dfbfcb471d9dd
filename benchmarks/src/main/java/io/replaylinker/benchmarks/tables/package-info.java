/** Links on their way into the tables, and readers' questions to the tables, measured. */
@NullMarked
package io.replaylinker.benchmarks.tables;

import org.jspecify.annotations.NullMarked;
