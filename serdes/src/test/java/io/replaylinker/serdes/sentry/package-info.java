@NullMarked
package io.replaylinker.serdes.sentry;

import org.jspecify.annotations.NullMarked;
