/** What a failure means in words for people, and what they can do about it. */
@NullMarked
package io.replaylinker.runtime.diagnosis;

import org.jspecify.annotations.NullMarked;
