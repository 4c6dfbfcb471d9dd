package io.replaylinker.worker.health;

/**
 * How one part of the worker is.
 *
 * @param name as {@code join} or {@code sink links}
 * @param ok whether it is as it should be
 * @param says how it is, in words; nothing secret, because everybody may ask
 */
public record HealthPart(String name, boolean ok, String says) {

    static HealthPart ok(String name, String says) {
        return new HealthPart(name, true, says);
    }

    static HealthPart failing(String name, String says) {
        return new HealthPart(name, false, says);
    }
}
