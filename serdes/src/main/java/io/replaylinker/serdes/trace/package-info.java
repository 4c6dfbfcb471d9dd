/** The headers that propagate a trace between services: {@code sentry-trace}, {@code traceparent}, {@code baggage}. */
@NullMarked
package io.replaylinker.serdes.trace;

import org.jspecify.annotations.NullMarked;
