@NullMarked
package io.replaylinker.mcp;

import org.jspecify.annotations.NullMarked;
