/** The status page: what this worker does now and did within the last hour, and a search for any id. Reads, and changes nothing. */
@NullMarked
package io.replaylinker.worker.page;

import org.jspecify.annotations.NullMarked;
