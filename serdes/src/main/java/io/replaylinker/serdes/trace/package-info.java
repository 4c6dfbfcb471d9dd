/** The headers that carry a trace from one service to the next: {@code sentry-trace}, {@code traceparent}, {@code baggage}. */
@NullMarked
package io.replaylinker.serdes.trace;

import org.jspecify.annotations.NullMarked;
