/** The topology on a real broker, with several workers that come, go and are killed. */
@NullMarked
package io.replaylinker.topology.cluster;

import org.jspecify.annotations.NullMarked;
