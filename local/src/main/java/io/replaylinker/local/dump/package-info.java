/** Reading of topic dumps. Knows Kafka's records, not where they go. */
@NullMarked
package io.replaylinker.local.dump;

import org.jspecify.annotations.NullMarked;
