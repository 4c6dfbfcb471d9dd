/** How the pipeline is wired into Kafka Streams. Knows no ClickHouse and does no I/O of its own. */
@NullMarked
package io.replaylinker.topology;

import org.jspecify.annotations.NullMarked;
