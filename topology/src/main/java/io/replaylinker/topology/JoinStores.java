package io.replaylinker.topology;

import java.util.List;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.state.KeyValueStore;
import org.apache.kafka.streams.state.StoreBuilder;

/**
 * The stores of one step of the join.
 *
 * @param rows all that has to survive, with a changelog
 * @param deadlines made anew from the rows at each start
 */
record JoinStores(String rows, String deadlines) {

    static JoinStores of(String step) {
        return new JoinStores(step + "-rows", step + "-deadlines");
    }

    List<StoreBuilder<KeyValueStore<Bytes, byte[]>>> builders() {
        return List.of(StoreRows.kept(rows), StoreRows.derived(deadlines));
    }

    String[] names() {
        return new String[] {rows, deadlines};
    }
}
