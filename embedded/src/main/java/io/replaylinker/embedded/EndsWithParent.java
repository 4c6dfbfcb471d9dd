package io.replaylinker.embedded;

import java.io.IOException;
import java.util.Arrays;

/**
 * The main class of a child process that runs another program. It ends the process when its stdin ends, that is, when the parent closes it
 * or dies.
 */
public final class EndsWithParent {

    private EndsWithParent() {}

    /**
     * Runs another main class.
     *
     * @param args name of the main class to run, then its arguments
     */
    public static void main(String[] args) throws ReflectiveOperationException {
        Thread watch = new Thread(EndsWithParent::awaitEndOfInput, "ends-with-parent");
        watch.setDaemon(true);
        watch.start();
        Class.forName(args[0]).getMethod("main", String[].class).invoke(null, (Object)
                Arrays.copyOfRange(args, 1, args.length));
    }

    private static void awaitEndOfInput() {
        try {
            while (System.in.read() >= 0) {
                // The content of stdin has no meaning. Only its end counts.
            }
        } catch (IOException e) {
            // Treated like the end.
        }
        Runtime.getRuntime().halt(0);
    }
}
