/** The program's command line, and the commands that need no package of their own. */
@NullMarked
package io.replaylinker.tools;

import org.jspecify.annotations.NullMarked;
