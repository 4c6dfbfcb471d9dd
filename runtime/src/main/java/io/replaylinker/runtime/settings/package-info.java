/** The table of all settings, and the code that reads them from a file and the environment. */
@NullMarked
package io.replaylinker.runtime.settings;

import org.jspecify.annotations.NullMarked;
