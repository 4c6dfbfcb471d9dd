/** What a failure means in words for people, and what they can do about it. */
@NullMarked
package io.replaylinker.runtime.trouble;

import org.jspecify.annotations.NullMarked;
