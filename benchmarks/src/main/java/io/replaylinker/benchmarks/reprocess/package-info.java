/** How fast a past range is linked anew. */
@NullMarked
package io.replaylinker.benchmarks.reprocess;

import org.jspecify.annotations.NullMarked;
