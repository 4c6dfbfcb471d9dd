/** The tools for assistants by the Model Context Protocol: messages from standard input or from HTTP, and their answers. */
@NullMarked
package io.replaylinker.mcp;

import org.jspecify.annotations.NullMarked;
