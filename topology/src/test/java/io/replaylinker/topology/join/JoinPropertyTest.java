package io.replaylinker.topology.join;

import static org.assertj.core.api.Assertions.assertThat;

import net.jqwik.api.EdgeCasesMode;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.lifecycle.AddLifecycleHook;

/** In whatever order records come, twice or held up for an hour, the join tells what a full look at all of them says, and keeps nothing of it. */
class JoinPropertyTest {

    /** The seed is fixed until the topology's own property has passed on as many histories as this one; no seed is known to fail. */
    @Property(tries = 2_500, edgeCases = EdgeCasesMode.NONE, seed = "20261130")
    @AddLifecycleHook(LongRun.class)
    void shouldEmitWhatAFullLookFinds(@ForAll Story story) {
        HeapJoin join = new HeapJoin(Story.SETTINGS);

        StoryRun.run(story, join);

        assertThat(story.oracle().differences(join.links(), join.reasons())).isEmpty();
        assertThat(join.rowsLeft()).as("rows left").isZero();
    }
}
