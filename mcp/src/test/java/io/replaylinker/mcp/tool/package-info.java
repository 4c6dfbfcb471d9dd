@NullMarked
package io.replaylinker.mcp.tool;

import org.jspecify.annotations.NullMarked;
