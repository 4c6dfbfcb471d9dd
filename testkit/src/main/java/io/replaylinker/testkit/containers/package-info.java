/**
 * The same parts as containers, for integration tests with a Docker engine. Testcontainers and opentest4j are optional dependencies: a
 * module whose tests use this package declares them in test scope.
 */
@NullMarked
package io.replaylinker.testkit.containers;

import org.jspecify.annotations.NullMarked;
