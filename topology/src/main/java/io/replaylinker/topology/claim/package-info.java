/** Reads the evidence of backend events and the observations in replay segments. Plain Java. */
@NullMarked
package io.replaylinker.topology.claim;

import org.jspecify.annotations.NullMarked;
