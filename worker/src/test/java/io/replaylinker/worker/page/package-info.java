@NullMarked
package io.replaylinker.worker.page;

import org.jspecify.annotations.NullMarked;
