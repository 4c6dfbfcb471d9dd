@NullMarked
package io.replaylinker.worker.why;

import org.jspecify.annotations.NullMarked;
