/** Tests of what questions and answers are made of; those with a server are a package above. */
@NullMarked
package io.replaylinker.clickhouse.query;

import org.jspecify.annotations.NullMarked;
