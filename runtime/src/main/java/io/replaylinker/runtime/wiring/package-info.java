/** Settings into the parts of the program: the topology, the sinks, the clients, the topics. */
@NullMarked
package io.replaylinker.runtime.wiring;

import org.jspecify.annotations.NullMarked;
