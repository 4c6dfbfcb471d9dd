/** What every command shares: exit codes, messages, logs. */
@NullMarked
package io.replaylinker.worker.cli;

import org.jspecify.annotations.NullMarked;
