package io.replaylinker.embedded.library;

import io.replaylinker.embedded.PartUnavailableException;

/** Prints the path of the engine's library and fetches the library if it is missing. For scripts that build images. */
public final class FetchEngine {

    private FetchEngine() {}

    /** Prints the path on stdout and progress on stderr. Exits with code 1 and one line if the library is unavailable. */
    public static void main(String[] args) {
        try {
            System.out.println(EngineLibrary.locate(System.getenv(), System.err::println));
        } catch (PartUnavailableException e) {
            System.err.println(e.getMessage());
            System.exit(1);
        }
    }
}
