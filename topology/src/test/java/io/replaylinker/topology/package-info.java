@NullMarked
package io.replaylinker.topology;

import org.jspecify.annotations.NullMarked;
