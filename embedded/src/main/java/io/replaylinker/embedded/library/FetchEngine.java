package io.replaylinker.embedded.library;

import io.replaylinker.embedded.PartUnavailableException;

/** Prints where the engine's library is, after it has fetched it if need be: for scripts that build images. */
public final class FetchEngine {

    private FetchEngine() {}

    /** Prints the path on stdout and progress on stderr; exit code 1 and one line when there is none. */
    public static void main(String[] args) {
        try {
            System.out.println(EngineLibrary.locate(System.getenv(), System.err::println));
        } catch (PartUnavailableException e) {
            System.err.println(e.getMessage());
            System.exit(1);
        }
    }
}
