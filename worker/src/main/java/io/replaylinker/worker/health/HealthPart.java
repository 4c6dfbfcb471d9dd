package io.replaylinker.worker.health;

/**
 * Health of one part of the worker.
 *
 * @param name as {@code join} or {@code sink links}
 * @param ok whether it is as it should be
 * @param message its state as text, without secrets, because the probes are public
 */
public record HealthPart(String name, boolean ok, String message) {

    static HealthPart ok(String name, String message) {
        return new HealthPart(name, true, message);
    }

    static HealthPart failing(String name, String message) {
        return new HealthPart(name, false, message);
    }
}
