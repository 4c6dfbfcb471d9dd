package io.replaylinker.tools.reprocess;

import java.io.PrintWriter;
import java.util.function.Consumer;
import me.tongfei.progressbar.ConsoleProgressBarConsumer;
import me.tongfei.progressbar.DelegatingProgressBarConsumer;
import me.tongfei.progressbar.ProgressBar;
import me.tongfei.progressbar.ProgressBarBuilder;
import me.tongfei.progressbar.ProgressBarStyle;
import picocli.CommandLine;

/** Shows the progress of a step and the time it will take: a bar on a terminal, elsewhere a line at intervals. */
final class Meter implements AutoCloseable {

    private static final int EVERY_MS_ON_A_TERMINAL = 250;
    private static final int EVERY_MS = 10_000;
    private static final int WIDTH = 100;

    private final ProgressBar bar;
    private final PrintWriter err;

    private Meter(ProgressBar bar, PrintWriter err) {
        this.bar = bar;
        this.err = err;
    }

    /**
     * Starts at zero.
     *
     * @param task what is done, as {@code reading}
     */
    static Meter start(String task, long of, PrintWriter err) {
        boolean terminal = CommandLine.Help.Ansi.AUTO.enabled();
        Consumer<String> line = text -> {
            err.println(text.strip());
            err.flush();
        };
        ProgressBar bar = new ProgressBarBuilder()
                .setTaskName(task)
                .setInitialMax(of)
                .setStyle(ProgressBarStyle.ASCII)
                .showSpeed()
                .setUpdateIntervalMillis(terminal ? EVERY_MS_ON_A_TERMINAL : EVERY_MS)
                .setConsumer(
                        terminal
                                ? new ConsoleProgressBarConsumer(System.err)
                                : new DelegatingProgressBarConsumer(line, WIDTH))
                .build();
        return new Meter(bar, err);
    }

    void at(long done) {
        bar.stepTo(done);
    }

    /** Prints a separate line about what the step waits for. */
    void println(String line) {
        err.println(line);
        err.flush();
    }

    /** The step is complete. */
    void full() {
        bar.stepTo(bar.getMax());
    }

    @Override
    public void close() {
        bar.close();
    }
}
