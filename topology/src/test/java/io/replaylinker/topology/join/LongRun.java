package io.replaylinker.topology.join;

import net.jqwik.api.AfterFailureMode;
import net.jqwik.api.lifecycle.AroundPropertyHook;
import net.jqwik.api.lifecycle.PropertyExecutionResult;
import net.jqwik.api.lifecycle.PropertyExecutor;
import net.jqwik.api.lifecycle.PropertyLifecycleContext;

/** {@code -Dhistories=N} runs a property on more or fewer histories, {@code -Dseed=N} repeats those of a run that printed its seed. */
public final class LongRun implements AroundPropertyHook {

    @Override
    public PropertyExecutionResult aroundProperty(PropertyLifecycleContext context, PropertyExecutor property) {
        Integer histories = Integer.getInteger("histories");
        if (histories != null) {
            context.attributes().setTries(histories);
        }
        String seed = System.getProperty("seed");
        if (seed != null) {
            context.attributes().setSeed(seed);
            context.attributes().setAfterFailure(AfterFailureMode.RANDOM_SEED);
        }
        return property.execute();
    }
}
