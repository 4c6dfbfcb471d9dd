package io.replaylinker.embedded.engine;

/** The credentials of the permitted user, or of a request. */
record Credentials(String user, String password) {

    @Override
    public String toString() {
        return user;
    }
}
