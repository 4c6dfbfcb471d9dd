@NullMarked
package io.replaylinker.serdes.registry;

import org.jspecify.annotations.NullMarked;
