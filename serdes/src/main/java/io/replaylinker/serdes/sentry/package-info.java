/** Sentry's own JSON topics: {@code events}, {@code transactions} and {@code ingest-replay-events}. */
@NullMarked
package io.replaylinker.serdes.sentry;

import org.jspecify.annotations.NullMarked;
