/** The status page: the present state of this worker, its last hour, and a search for any id. It is read-only. */
@NullMarked
package io.replaylinker.worker.page;

import org.jspecify.annotations.NullMarked;
