@NullMarked
package io.replaylinker.embedded.library;

import org.jspecify.annotations.NullMarked;
