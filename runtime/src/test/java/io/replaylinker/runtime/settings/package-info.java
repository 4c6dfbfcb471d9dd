/** Tests of settings. */
@NullMarked
package io.replaylinker.runtime.settings;

import org.jspecify.annotations.NullMarked;
