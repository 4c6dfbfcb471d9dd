package io.replaylinker.benchmarks.join;

import java.util.List;
import java.util.stream.Stream;

/** How the processes of a benchmark are started: each with two processors, whatever the machine has, and logging to its own file. */
final class ChildOptions {

    private ChildOptions() {}

    static List<String> jvm(String... more) {
        return Stream.concat(
                        Stream.of(
                                "-XX:ActiveProcessorCount=2",
                                "-Dlogback.configurationFile=io/replaylinker/benchmarks/logback-child.xml"),
                        Stream.of(more))
                .toList();
    }

    static String classPath() {
        return System.getProperty("java.class.path");
    }
}
