/** The demo: everything on one machine, with nothing installed. */
@NullMarked
package io.replaylinker.local;

import org.jspecify.annotations.NullMarked;
