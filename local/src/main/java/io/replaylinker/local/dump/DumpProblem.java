package io.replaylinker.local.dump;

/**
 * A line that is no record.
 *
 * @param source file name as the user gave it
 * @param line number, from 1
 */
public record DumpProblem(String source, long line, String what) {

    @Override
    public String toString() {
        return source + ":" + line + ": " + what;
    }
}
