@NullMarked
package io.replaylinker.serdes;

import org.jspecify.annotations.NullMarked;
