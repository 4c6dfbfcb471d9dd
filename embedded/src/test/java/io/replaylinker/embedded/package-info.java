@NullMarked
package io.replaylinker.embedded;

import org.jspecify.annotations.NullMarked;
