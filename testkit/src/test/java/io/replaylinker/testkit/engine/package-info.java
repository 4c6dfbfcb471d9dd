@NullMarked
package io.replaylinker.testkit.engine;

import org.jspecify.annotations.NullMarked;
