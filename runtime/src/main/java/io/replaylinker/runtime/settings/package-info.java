/** What can be set: the table of all settings, and the reading of them from a file and the environment. */
@NullMarked
package io.replaylinker.runtime.settings;

import org.jspecify.annotations.NullMarked;
