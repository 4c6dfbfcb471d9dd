/** Real Kafka and ClickHouse that run on the user's machine without an installation. */
@NullMarked
package io.replaylinker.embedded;

import org.jspecify.annotations.NullMarked;
