package io.replaylinker.topology;

import java.util.List;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.state.KeyValueStore;
import org.apache.kafka.streams.state.StoreBuilder;

/**
 * One step of the join and its stores.
 *
 * @param rows all that has to survive, with a changelog
 * @param deadlines made anew from the rows at each start
 * @param tellsClock another step comes behind it, which must not be ahead of it
 */
record JoinStores(String step, String rows, String deadlines, boolean tellsClock) {

    static JoinStores of(String step, boolean tellsClock) {
        return new JoinStores(step, step + "-rows", step + "-deadlines", tellsClock);
    }

    List<StoreBuilder<KeyValueStore<Bytes, byte[]>>> builders() {
        return List.of(StoreRows.kept(rows), StoreRows.derived(deadlines));
    }

    String[] names() {
        return new String[] {rows, deadlines};
    }
}
