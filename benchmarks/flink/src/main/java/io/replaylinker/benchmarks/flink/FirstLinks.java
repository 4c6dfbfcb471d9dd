package io.replaylinker.benchmarks.flink;

import java.time.Duration;
import org.apache.flink.api.common.functions.OpenContext;
import org.apache.flink.api.common.state.StateTtlConfig;
import org.apache.flink.api.common.state.ValueState;
import org.apache.flink.api.common.state.ValueStateDescriptor;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.api.java.tuple.Tuple2;
import org.apache.flink.streaming.api.functions.KeyedProcessFunction;
import org.apache.flink.util.Collector;

/** Lets the first link of each event pass. */
final class FirstLinks extends KeyedProcessFunction<Tuple2<Long, Long>, Compact, byte[]> {

    private static final long serialVersionUID = 1L;

    private final Duration remembered;
    private transient ValueState<Boolean> seen;

    @SuppressWarnings("NullAway.Init") // Flink calls open before anything else
    FirstLinks(Duration remembered) {
        this.remembered = remembered;
    }

    @Override
    public void open(OpenContext context) {
        ValueStateDescriptor<Boolean> descriptor = new ValueStateDescriptor<>("seen", Types.BOOLEAN);
        descriptor.enableTimeToLive(StateTtlConfig.newBuilder(remembered).build());
        seen = getRuntimeContext().getState(descriptor);
    }

    @Override
    public void processElement(Compact link, Context context, Collector<byte[]> out) throws Exception {
        if (seen.value() == null) {
            seen.update(true);
            out.collect(link.avro);
        }
    }
}
