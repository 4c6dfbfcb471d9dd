/** Starts and stops the parts of the worker, and reports their state. */
@NullMarked
package io.replaylinker.worker.lifecycle;

import org.jspecify.annotations.NullMarked;
