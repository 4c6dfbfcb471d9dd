@NullMarked
package io.replaylinker.topology.shuffle;

import org.jspecify.annotations.NullMarked;
