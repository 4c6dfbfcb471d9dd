@NullMarked
package io.replaylinker.worker.members;

import org.jspecify.annotations.NullMarked;
