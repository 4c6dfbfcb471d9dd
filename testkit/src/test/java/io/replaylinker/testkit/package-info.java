@NullMarked
package io.replaylinker.testkit;

import org.jspecify.annotations.NullMarked;
