package io.replaylinker.tools.check;

import org.jspecify.annotations.Nullable;

/**
 * What came out of one look.
 *
 * @param subject what was looked at, as {@code topic events}
 * @param found what is so, in a sentence without a full stop; of one that was skipped the reason
 * @param remedy what to do; null where there is nothing to do
 */
record Finding(
        Severity severity,
        Area area,
        String subject,
        String found,
        @Nullable String remedy) {}
