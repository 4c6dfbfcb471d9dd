/**
 * Publishes links to Sentry. Each link becomes an {@code event_link} message on Sentry's own replay topic, from which Sentry's consumer
 * takes it into its table. The sink reads and retries like every other; only the target of a batch differs.
 */
@NullMarked
package io.replaylinker.sinks.sentry;

import org.jspecify.annotations.NullMarked;
