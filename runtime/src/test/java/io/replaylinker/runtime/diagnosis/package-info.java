@NullMarked
package io.replaylinker.runtime.diagnosis;

import org.jspecify.annotations.NullMarked;
