package io.replaylinker.benchmarks;

import org.openjdk.jmh.runner.RunnerException;

/** What {@code benchmarks/run} starts: the benchmark's name, and how many rounds. */
final class Main {

    private Main() {}

    public static void main(String[] args) throws RunnerException {
        if (args.length != 2 || !args[0].equals("decode")) {
            throw new IllegalArgumentException("expected: decode ROUNDS");
        }
        DecodeFigures figures = new DecodeFigures(Integer.parseInt(args[1]));
        figures.run();
        figures.print(System.out);
    }
}
