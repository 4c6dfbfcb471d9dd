/** Tests of the package of the same name. */
@NullMarked
package io.replaylinker.clickhouse;

import org.jspecify.annotations.NullMarked;
