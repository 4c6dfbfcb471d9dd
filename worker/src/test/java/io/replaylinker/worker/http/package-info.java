/** The HTTP server before hostile and slow clients. */
@NullMarked
package io.replaylinker.worker.http;

import org.jspecify.annotations.NullMarked;
