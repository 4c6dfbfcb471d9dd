/** The program: commands, settings, lifecycle. */
@NullMarked
package io.replaylinker.worker;

import org.jspecify.annotations.NullMarked;
