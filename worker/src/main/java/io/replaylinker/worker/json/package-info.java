/** JSON as the program writes it. */
@NullMarked
package io.replaylinker.worker.json;

import org.jspecify.annotations.NullMarked;
