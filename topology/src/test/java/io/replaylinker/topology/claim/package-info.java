@NullMarked
package io.replaylinker.topology.claim;

import org.jspecify.annotations.NullMarked;
