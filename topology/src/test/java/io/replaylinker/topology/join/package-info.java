@NullMarked
package io.replaylinker.topology.join;

import org.jspecify.annotations.NullMarked;
