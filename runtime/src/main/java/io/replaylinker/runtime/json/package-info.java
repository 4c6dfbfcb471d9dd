/** JSON as the program writes it. */
@NullMarked
package io.replaylinker.runtime.json;

import org.jspecify.annotations.NullMarked;
