@NullMarked
package io.replaylinker.worker.trouble;

import org.jspecify.annotations.NullMarked;
