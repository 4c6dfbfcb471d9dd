/** Real Kafka, ClickHouse and schema registry that run on the user's machine with nothing installed. */
@NullMarked
package io.replaylinker.testkit;

import org.jspecify.annotations.NullMarked;
