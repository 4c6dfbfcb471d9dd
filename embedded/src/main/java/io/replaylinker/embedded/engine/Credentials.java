package io.replaylinker.embedded.engine;

/** Who may ask, or who asks. */
record Credentials(String user, String password) {

    @Override
    public String toString() {
        return user;
    }
}
