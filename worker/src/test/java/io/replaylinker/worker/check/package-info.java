@NullMarked
package io.replaylinker.worker.check;

import org.jspecify.annotations.NullMarked;
