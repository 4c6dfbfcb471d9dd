/** Parts of integration tests beside the embedded servers: a schema registry, and a ClickHouse that fails on demand. */
@NullMarked
package io.replaylinker.testkit;

import org.jspecify.annotations.NullMarked;
