@NullMarked
package io.replaylinker.worker.health;

import org.jspecify.annotations.NullMarked;
