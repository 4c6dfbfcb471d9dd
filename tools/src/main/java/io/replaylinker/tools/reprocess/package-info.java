/** Links a past range again, beside the running worker, and corrects the tables. */
@NullMarked
package io.replaylinker.tools.reprocess;

import org.jspecify.annotations.NullMarked;
