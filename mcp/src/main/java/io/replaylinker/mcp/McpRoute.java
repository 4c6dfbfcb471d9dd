package io.replaylinker.mcp;

import io.modelcontextprotocol.spec.McpSchema;
import io.replaylinker.worker.http.PostRoute;
import io.replaylinker.worker.http.PostedMessage;
import io.replaylinker.worker.http.RouteResponse;
import java.util.Locale;

/**
 * {@code /mcp}: streamable HTTP without sessions and without streams. Every message is answered in its own response. Host, token, origin
 * and length of a message are checked by the server that it comes through.
 */
final class McpRoute implements PostRoute {

    private static final int ACCEPTED = 202;
    private static final int BAD_REQUEST = 400;
    private static final int UNSUPPORTED_MEDIA_TYPE = 415;
    private static final String JSON = "application/json";
    private static final String VERSION = "MCP-Protocol-Version";

    private final Endpoint endpoint;

    McpRoute(Endpoint endpoint) {
        this.endpoint = endpoint;
    }

    @Override
    public RouteResponse answer(PostedMessage message) {
        // A page of another server cannot send this type without asking first, which is refused.
        if (!message.header("Content-Type").orElse("").toLowerCase(Locale.ROOT).startsWith(JSON)) {
            return RouteResponse.text(UNSUPPORTED_MEDIA_TYPE, "Content-Type must be " + JSON + "\n");
        }
        if (message.header(VERSION)
                .filter(version -> !Handover.VERSIONS.contains(version))
                .isPresent()) {
            return respond(endpoint.refuse(
                    McpSchema.ErrorCodes.INVALID_REQUEST,
                    VERSION + " must be one of " + String.join(", ", Handover.VERSIONS)));
        }
        return respond(endpoint.answer(message.body()));
    }

    private static RouteResponse respond(Endpoint.Reply reply) {
        String json = reply.json();
        return json == null
                ? new RouteResponse(ACCEPTED, JSON, new byte[0])
                : RouteResponse.json(reply.understood() ? RouteResponse.OK : BAD_REQUEST, json);
    }
}
