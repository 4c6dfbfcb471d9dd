@NullMarked
package io.replaylinker.testkit.library;

import org.jspecify.annotations.NullMarked;
