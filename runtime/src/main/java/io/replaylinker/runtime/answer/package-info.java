/** Queries of the tables with their answers as text and as JSON, which the command line and the status page share. */
@NullMarked
package io.replaylinker.runtime.answer;

import org.jspecify.annotations.NullMarked;
