package io.replaylinker.mcp.tool;

import io.modelcontextprotocol.spec.McpSchema;
import io.modelcontextprotocol.spec.McpSchema.ToolAnnotations;
import io.replaylinker.runtime.answer.Question;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * A query of the tables that an assistant can call. It changes nothing.
 *
 * @param name of the call
 * @param title for people
 * @param about what it answers and when to call it
 * @param answer what the field answer of its result holds
 * @param next what to call after an answer
 * @param otherwise what to call when nothing was found
 * @param asking the query that the arguments describe
 */
public record Tool(
        String name,
        String title,
        String about,
        List<Parameter> parameters,
        String answer,
        String next,
        String otherwise,
        Asking asking) {

    /** Reads the arguments. */
    @FunctionalInterface
    interface Asking {
        Question<?> question(Arguments arguments) throws BadArgumentException;
    }

    /** The tool as clients list it. */
    public McpSchema.Tool definition() {
        return McpSchema.Tool.builder(name, input())
                .title(title)
                .description(about)
                .outputSchema(OutputSchema.of(answer))
                .annotations(ToolAnnotations.builder()
                        .title(title)
                        .readOnlyHint(true)
                        .destructiveHint(false)
                        .idempotentHint(true)
                        .openWorldHint(false)
                        .build())
                .build();
    }

    private Map<String, Object> input() {
        Map<String, Object> properties = new LinkedHashMap<>();
        parameters.forEach(parameter -> properties.put(parameter.name(), parameter.schema()));
        Map<String, Object> schema = new LinkedHashMap<>();
        schema.put("type", "object");
        schema.put("properties", properties);
        schema.put(
                "required",
                parameters.stream()
                        .filter(Parameter::isRequired)
                        .map(Parameter::name)
                        .toList());
        schema.put("additionalProperties", false);
        return schema;
    }
}
