/** The child process: ClickHouse's engine, loaded as a library, behind ClickHouse's HTTP interface. */
@NullMarked
package io.replaylinker.embedded.engine;

import org.jspecify.annotations.NullMarked;
