package io.replaylinker.mcp;

import io.modelcontextprotocol.server.McpStatelessServerFeatures.SyncToolSpecification;
import io.modelcontextprotocol.spec.McpSchema.AudioContent;
import io.modelcontextprotocol.spec.McpSchema.CallToolResult;
import io.modelcontextprotocol.spec.McpSchema.Content;
import io.modelcontextprotocol.spec.McpSchema.EmbeddedResource;
import io.modelcontextprotocol.spec.McpSchema.ImageContent;
import io.modelcontextprotocol.spec.McpSchema.TextContent;
import io.modelcontextprotocol.spec.McpSchema.TextResourceContents;
import io.modelcontextprotocol.spec.McpSchema.Tool;
import io.replaylinker.clickhouse.ClickHouseSettings;
import io.replaylinker.runtime.answer.SharedLookup;
import io.replaylinker.worker.http.HttpServer;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/** The tools that the suite of the protocol's project calls, behind the endpoint and the route of the product. */
public final class SuiteTools implements AutoCloseable {

    private static final Content TEXT =
            TextContent.builder("This is a simple text response for testing.").build();

    /** One red pixel. */
    private static final Content IMAGE = ImageContent.builder(
                    "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mP8z8DwHwAFBQIAX8jx0gAAAABJRU5ErkJggg==",
                    "image/png")
            .build();

    /** A header without samples. */
    private static final Content AUDIO = AudioContent.builder(
                    "UklGRiQAAABXQVZFZm10IBAAAAABAAEAQB8AAEAfAAABAAgAZGF0YQAAAAA=", "audio/wav")
            .build();

    private static final Content RESOURCE = EmbeddedResource.builder(
                    TextResourceContents.builder("test://embedded-resource", "This is an embedded resource content.")
                            .mimeType("text/plain")
                            .build())
            .build();

    private static final Map<String, Object> NO_ARGUMENTS = Map.of("type", "object", "properties", Map.of());

    private static final Map<String, Object> NEW_SCHEMA = Map.of(
            "$schema",
            "https://json-schema.org/draft/2020-12/schema",
            "type",
            "object",
            "$defs",
            Map.of("address", Map.of("type", "object", "properties", Map.of("city", Map.of("type", "string")))),
            "properties",
            Map.of("address", Map.of("$ref", "#/$defs/address")),
            "additionalProperties",
            false);

    private final Endpoint endpoint;
    private final HttpServer server;

    private SuiteTools(Endpoint endpoint, HttpServer server) {
        this.endpoint = endpoint;
        this.server = server;
    }

    /** Starts a server on loopback. */
    public static SuiteTools start() {
        Endpoint endpoint = new Endpoint(
                new SharedLookup(
                        ClickHouseSettings.of("http://127.0.0.1:1", "none", "default", ""),
                        Clock.systemUTC(),
                        Duration.ofSeconds(1)),
                tables -> List.of(
                        tool("test_simple_text", NO_ARGUMENTS, false, TEXT),
                        tool("test_image_content", NO_ARGUMENTS, false, IMAGE),
                        tool("test_audio_content", NO_ARGUMENTS, false, AUDIO),
                        tool("test_embedded_resource", NO_ARGUMENTS, false, RESOURCE),
                        tool("test_multiple_content_types", NO_ARGUMENTS, false, TEXT, IMAGE, RESOURCE),
                        tool("test_error_handling", NO_ARGUMENTS, true, TEXT),
                        tool("json_schema_2020_12_tool", NEW_SCHEMA, false, TEXT)));
        return new SuiteTools(
                endpoint,
                HttpServer.builder("127.0.0.1", 0)
                        .post("/mcp", Endpoint.LONGEST_MESSAGE, new McpRoute(endpoint))
                        .start());
    }

    private static SyncToolSpecification tool(
            String name, Map<String, Object> arguments, boolean isError, Content... content) {
        return new SyncToolSpecification(
                Tool.builder(name, arguments).description("For tests.").build(),
                (context, request) -> CallToolResult.builder(List.of(content))
                        .isError(isError)
                        .build());
    }

    /** The address of the tools. */
    public String url() {
        return server.url() + "mcp";
    }

    @Override
    public void close() {
        server.close();
        endpoint.close();
    }
}
