/** Fetches the library of the ClickHouse engine once into the user's cache folder. */
@NullMarked
package io.replaylinker.embedded.library;

import org.jspecify.annotations.NullMarked;
