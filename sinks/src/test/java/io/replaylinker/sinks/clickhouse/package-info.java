@NullMarked
package io.replaylinker.sinks.clickhouse;

import org.jspecify.annotations.NullMarked;
