@NullMarked
package io.replaylinker.embedded.engine;

import org.jspecify.annotations.NullMarked;
