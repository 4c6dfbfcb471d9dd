/** Brings the ClickHouse engine's library into the user's cache folder, once. */
@NullMarked
package io.replaylinker.embedded.library;

import org.jspecify.annotations.NullMarked;
