/**
 * Links told to Sentry itself: each becomes an {@code event_link} message on Sentry's own replay topic, from where Sentry's
 * consumer takes it into its table. Reads and retries like every sink; only where a batch goes is another.
 */
@NullMarked
package io.replaylinker.sinks.sentry;

import org.jspecify.annotations.NullMarked;
