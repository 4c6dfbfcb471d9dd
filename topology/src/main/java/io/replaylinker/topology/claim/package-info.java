/** What a backend event says about its replay, and what a replay segment says about its traces. Plain Java. */
@NullMarked
package io.replaylinker.topology.claim;

import org.jspecify.annotations.NullMarked;
