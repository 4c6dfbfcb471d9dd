/** What every command shares: exit codes, messages, logs, signals, the option that names the settings. */
@NullMarked
package io.replaylinker.runtime.cli;

import org.jspecify.annotations.NullMarked;
