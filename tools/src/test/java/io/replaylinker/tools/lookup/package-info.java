/** Tests of the commands that ask the tables. */
@NullMarked
package io.replaylinker.tools.lookup;

import org.jspecify.annotations.NullMarked;
