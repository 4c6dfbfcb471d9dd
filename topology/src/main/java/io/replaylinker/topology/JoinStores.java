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
 * @param clocks streams to the steps behind it, which must not be ahead of it and so hear how far it has come
 */
record JoinStores(String step, String rows, String deadlines, List<String> clocks) {

    static JoinStores of(String step, String... clocks) {
        return new JoinStores(step, step + "-rows", step + "-deadlines", List.of(clocks));
    }

    List<StoreBuilder<KeyValueStore<Bytes, byte[]>>> builders() {
        return List.of(StoreRows.kept(rows), StoreRows.derived(deadlines));
    }

    String[] names() {
        return new String[] {rows, deadlines};
    }
}
