/** A small HTTP server that only answers questions: health, metrics, the status page. It knows nothing of what it serves. */
@NullMarked
package io.replaylinker.worker.http;

import org.jspecify.annotations.NullMarked;
