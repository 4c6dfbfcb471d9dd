/** Tests of settings. */
@NullMarked
package io.replaylinker.worker.settings;

import org.jspecify.annotations.NullMarked;
