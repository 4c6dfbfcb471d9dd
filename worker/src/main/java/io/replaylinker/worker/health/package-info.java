/** Liveness and readiness of a worker, and the HTTP server that publishes them. */
@NullMarked
package io.replaylinker.worker.health;

import org.jspecify.annotations.NullMarked;
