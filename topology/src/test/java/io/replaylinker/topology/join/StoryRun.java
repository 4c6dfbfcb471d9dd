package io.replaylinker.topology.join;

/** Brings a story to the join, epoch by epoch, while the replay side's clock goes as far as its records were read. */
final class StoryRun {

    private static final int CHUNK = 3;

    private StoryRun() {}

    static void run(Story story, HeapJoin join) {
        for (int epoch = 0; epoch < Story.EPOCHS; epoch++) {
            story.taken(epoch).forEach(step -> take(step, join));
            if (!story.confirmLags() || (epoch + 1) % Story.EPOCHS_OF_ERA == 0) {
                join.passAll();
            }
            if (!story.isReplaySideHeld(epoch)) {
                join.replaySideReaches(Story.startMs(epoch + 1), CHUNK);
            }
        }
    }

    private static void take(Story.Step step, HeapJoin join) {
        if (step.turn().again() == 1) {
            join.take(step.arrival());
        }
        join.take(step.arrival());
        join.pass(step.turn().passes());
        if (step.turn().expires() > 0) {
            join.expire(step.turn().expires());
        }
    }
}
