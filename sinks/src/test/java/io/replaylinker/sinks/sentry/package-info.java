/** Tests of what Sentry is told; see the package of the same name. */
@NullMarked
package io.replaylinker.sinks.sentry;

import org.jspecify.annotations.NullMarked;
