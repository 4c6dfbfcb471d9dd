/** Real Kafka and ClickHouse that run on the user's machine with nothing installed. */
@NullMarked
package io.replaylinker.embedded;

import org.jspecify.annotations.NullMarked;
