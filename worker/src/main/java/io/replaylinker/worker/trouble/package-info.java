/** What a failure means in words for people, and what they can do about it. */
@NullMarked
package io.replaylinker.worker.trouble;

import org.jspecify.annotations.NullMarked;
