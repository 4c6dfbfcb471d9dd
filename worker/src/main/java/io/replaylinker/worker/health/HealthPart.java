package io.replaylinker.worker.health;

/**
 * How one part of the worker is.
 *
 * @param name as {@code join} or {@code sink links}
 * @param ok whether it is as it should be
 * @param message how it is, in words; nothing secret, because everybody may ask
 */
public record HealthPart(String name, boolean ok, String message) {

    static HealthPart ok(String name, String message) {
        return new HealthPart(name, true, message);
    }

    static HealthPart failing(String name, String message) {
        return new HealthPart(name, false, message);
    }
}
