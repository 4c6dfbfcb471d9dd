/** A small read-only HTTP server for health, metrics and the status page. It is independent of what it serves. */
@NullMarked
package io.replaylinker.worker.http;

import org.jspecify.annotations.NullMarked;
