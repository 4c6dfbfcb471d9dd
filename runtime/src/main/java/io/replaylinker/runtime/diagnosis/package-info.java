/** What a failure means, and what the user can do about it. */
@NullMarked
package io.replaylinker.runtime.diagnosis;

import org.jspecify.annotations.NullMarked;
