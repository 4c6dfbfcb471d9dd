/** Reprocessing: its decisions one by one, and whole runs against a real broker and a real engine. */
@NullMarked
package io.replaylinker.tools.reprocess;

import org.jspecify.annotations.NullMarked;
