package io.replaylinker.runtime.diagnosis;

/**
 * What is wrong between the program and a server.
 *
 * @param found in one line without secrets
 * @param remedy what to do about it
 */
public record Diagnosis(String found, String remedy) {

    /** Both on one line. */
    @Override
    public String toString() {
        return found + "; " + remedy;
    }
}
