package io.replaylinker.runtime.diagnosis;

/**
 * What is wrong between us and a server.
 *
 * @param found in one line that says nothing secret
 * @param remedy what to do about it
 */
public record Diagnosis(String found, String remedy) {

    /** Both, for those who have one line. */
    @Override
    public String toString() {
        return found + "; " + remedy;
    }
}
