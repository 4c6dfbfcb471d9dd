/** Tests of the links that are published to Sentry; see the package of the same name. */
@NullMarked
package io.replaylinker.sinks.sentry;

import org.jspecify.annotations.NullMarked;
