/**
 * Simulated visits of a shop whose true links are known by construction, and the score of a system that was given their
 * messages.
 */
@NullMarked
package io.replaylinker.local.visits;

import org.jspecify.annotations.NullMarked;
