package io.replaylinker.benchmarks;

import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** The decoders against Jackson. */
@Command(
        name = "decode",
        mixinStandardHelpOptions = true,
        description = {
            "JSON messages to the model and to the compact record, against Jackson's tree and its bare token loop.",
            "Spans are segments and calls of other services; inner spans are skipped, and their rate is that of skipping them.",
            "Rates are bytes a second of the decoding thread's processor time."
        })
final class DecodeCommand implements Callable<Integer> {

    @Option(
            names = "--rounds",
            description =
                    "How often each benchmark runs in a fresh JVM, one to two minutes each; medians count (default: ${DEFAULT-VALUE}).")
    private int rounds = 5;

    @Override
    public Integer call() throws Exception {
        DecodeFigures figures = new DecodeFigures(rounds);
        figures.run();
        figures.print(System.out);
        return 0;
    }
}
