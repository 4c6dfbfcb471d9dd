package io.replaylinker.runtime.cli;

import java.lang.reflect.Constructor;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.util.List;
import java.util.function.IntConsumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Handles signals by {@code sun.misc.Signal}, the only way that the JDK has. A shutdown hook receives the first signal alone, because the
 * JVM ignores all others while its hooks run. It is called by reflection, because the compiler warns of that class in any other way.
 */
final class Signals {

    private static final Logger LOG = LoggerFactory.getLogger(Signals.class);

    private Signals() {}

    /**
     * From now on SIGTERM and SIGINT only run the action. Where the JVM does not allow that, as with {@code -Xrs}, they still end the JVM.
     *
     * @param action receives the number of each signal
     */
    static void listen(IntConsumer action) {
        try {
            Class<?> signal = Class.forName("sun.misc.Signal");
            Class<?> handler = Class.forName("sun.misc.SignalHandler");
            Constructor<?> named = signal.getConstructor(String.class);
            Method number = signal.getMethod("getNumber");
            Method handle = signal.getMethod("handle", signal, handler);
            Object listener = Proxy.newProxyInstance(
                    Signals.class.getClassLoader(), new Class<?>[] {handler}, (proxy, method, arguments) -> {
                        if (method.getName().equals("handle")) {
                            action.accept((Integer) number.invoke(arguments[0]));
                            return null;
                        }
                        return method.invoke(action, arguments);
                    });
            for (String name : List.of("TERM", "INT")) {
                handle.invoke(null, named.newInstance(name), listener);
            }
        } catch (ReflectiveOperationException e) {
            LOG.debug("Signals are left to the JVM", e);
        }
    }
}
