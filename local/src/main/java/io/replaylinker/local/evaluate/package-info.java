/** How well the rules of the join find what is true, on simulated visits. */
@NullMarked
package io.replaylinker.local.evaluate;

import org.jspecify.annotations.NullMarked;
