/** Whether a worker lives, whether it is of use, and what it tells of itself over HTTP. */
@NullMarked
package io.replaylinker.worker.health;

import org.jspecify.annotations.NullMarked;
