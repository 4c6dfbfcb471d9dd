/** The whole program between real servers: runs, faults, and what others see of a worker. */
@NullMarked
package io.replaylinker.tools.run;

import org.jspecify.annotations.NullMarked;
