@NullMarked
package io.replaylinker.schemas;

import org.jspecify.annotations.NullMarked;
