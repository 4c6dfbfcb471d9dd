/** A small read-only HTTP server for health, metrics, the status page and the routes of other modules. It is independent of what it serves. */
@NullMarked
package io.replaylinker.worker.http;

import org.jspecify.annotations.NullMarked;
