/** Tests of the package of the same name. */
@NullMarked
package io.replaylinker.sinks.clickhouse;

import org.jspecify.annotations.NullMarked;
