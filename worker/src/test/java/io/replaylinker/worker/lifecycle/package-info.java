/** Tests of lifecycle. */
@NullMarked
package io.replaylinker.worker.lifecycle;

import org.jspecify.annotations.NullMarked;
