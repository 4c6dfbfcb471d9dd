package io.replaylinker.tools.check;

import org.jspecify.annotations.Nullable;

/**
 * Result of one check.
 *
 * @param subject what was checked, as {@code topic events}
 * @param found the result, in a sentence without a full stop; for a skipped check the reason
 * @param remedy what to do; null where there is nothing to do
 */
record Finding(
        Severity severity,
        Area area,
        String subject,
        String found,
        @Nullable String remedy) {}
