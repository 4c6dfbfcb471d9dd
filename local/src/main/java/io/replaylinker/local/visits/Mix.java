package io.replaylinker.local.visits;

/**
 * What kind of visits are simulated.
 *
 * @param name for tables
 * @param visitors how many visitors come
 * @param hours over how many hours they come
 * @param recorded share of visits that are recorded from their start
 * @param sdk11 share of visits by SDK 11; the others are by SDK 10
 * @param pages kinds of pages
 * @param knobs everything else
 */
public record Mix(String name, int visitors, double hours, double recorded, double sdk11, Pages pages, Knobs knobs) {

    /** The same with another number of visitors; the simulated time grows alike. */
    public Mix withVisitors(int count) {
        return new Mix(name, count, hours * count / visitors, recorded, sdk11, pages, knobs);
    }

    /** The same with other knobs. */
    public Mix withKnobs(Knobs other) {
        return new Mix(name, visitors, hours, recorded, sdk11, pages, other);
    }
}
