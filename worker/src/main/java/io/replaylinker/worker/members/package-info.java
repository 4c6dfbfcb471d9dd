/** The workers of an installation, found through their consumer groups and asked over HTTP for what they do. */
@NullMarked
package io.replaylinker.worker.members;

import org.jspecify.annotations.NullMarked;
