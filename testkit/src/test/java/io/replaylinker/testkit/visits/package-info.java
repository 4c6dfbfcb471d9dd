@NullMarked
package io.replaylinker.testkit.visits;

import org.jspecify.annotations.NullMarked;
