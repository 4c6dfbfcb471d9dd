/** Links a past range anew, beside the running worker, and corrects what the tables say of it. */
@NullMarked
package io.replaylinker.tools.reprocess;

import org.jspecify.annotations.NullMarked;
