/** Tests of the package of the same name. */
@NullMarked
package io.replaylinker.sinks;

import org.jspecify.annotations.NullMarked;
