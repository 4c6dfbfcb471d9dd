/** What assistants can ask: the tools, their arguments, and their answers as text and as JSON. */
@NullMarked
package io.replaylinker.mcp.tool;

import org.jspecify.annotations.NullMarked;
