/** The parts of integration tests that the embedded servers do not bring: a schema registry, and a ClickHouse that fails. */
@NullMarked
package io.replaylinker.testkit;

import org.jspecify.annotations.NullMarked;
