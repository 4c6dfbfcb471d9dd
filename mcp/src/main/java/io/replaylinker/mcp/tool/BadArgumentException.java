package io.replaylinker.mcp.tool;

/** An argument that no answer can be given to; the message is for the assistant. */
final class BadArgumentException extends Exception {

    BadArgumentException(String message) {
        super(message);
    }
}
