/** Makes the dump that the demo links when it is given none. */
@NullMarked
package io.replaylinker.local.sample;

import org.jspecify.annotations.NullMarked;
