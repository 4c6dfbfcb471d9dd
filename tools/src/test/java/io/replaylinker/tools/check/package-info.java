@NullMarked
package io.replaylinker.tools.check;

import org.jspecify.annotations.NullMarked;
