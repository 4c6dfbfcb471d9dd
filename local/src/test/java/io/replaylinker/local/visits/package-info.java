@NullMarked
package io.replaylinker.local.visits;

import org.jspecify.annotations.NullMarked;
