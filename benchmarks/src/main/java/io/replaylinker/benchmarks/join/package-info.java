/** The whole pipeline against its peers: one broker, one JVM a trial, the same topics for all. */
@NullMarked
package io.replaylinker.benchmarks.join;

import org.jspecify.annotations.NullMarked;
