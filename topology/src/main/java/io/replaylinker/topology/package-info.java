/** The topology of the pipeline in Kafka Streams. Does not depend on ClickHouse and does no I/O of its own. */
@NullMarked
package io.replaylinker.topology;

import org.jspecify.annotations.NullMarked;
