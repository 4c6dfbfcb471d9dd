/** What runs, how it ends and how one hears of it. */
@NullMarked
package io.replaylinker.worker.lifecycle;

import org.jspecify.annotations.NullMarked;
