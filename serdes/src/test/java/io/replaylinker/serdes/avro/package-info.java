@NullMarked
package io.replaylinker.serdes.avro;

import org.jspecify.annotations.NullMarked;
