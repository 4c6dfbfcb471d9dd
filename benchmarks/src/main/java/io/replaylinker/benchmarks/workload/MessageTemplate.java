package io.replaylinker.benchmarks.workload;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The text of a message with holes in it, which are filled for each record. Making messages must not take longer than measuring. */
final class MessageTemplate {

    private static final Pattern HOLE = Pattern.compile("\"<#(\\w+)#>\"|<\\$(\\w+)\\$>");

    private final List<byte[]> literals = new ArrayList<>();
    private final List<String> holes = new ArrayList<>();

    /** Parses a message whose holes were made by {@link #hole} and {@link #rawHole}. */
    MessageTemplate(String text) {
        Matcher hole = HOLE.matcher(text);
        int from = 0;
        while (hole.find()) {
            literals.add(text.substring(from, hole.start()).getBytes(StandardCharsets.UTF_8));
            holes.add(hole.group(1) == null ? hole.group(2) : hole.group(1));
            from = hole.end();
        }
        literals.add(text.substring(from).getBytes(StandardCharsets.UTF_8));
    }

    /** Stands for a part of a string. */
    static String hole(String name) {
        return "<$" + name + "$>";
    }

    /** Stands for a number, an array or an object, and is put where a string would be. */
    static String rawHole(String name) {
        return "<#" + name + "#>";
    }

    /** Makes holes of the fields that the message has. */
    static void makeHoles(JsonNode object, List<String> strings, List<String> numbers) {
        ObjectNode fields = (ObjectNode) object;
        strings.stream().filter(fields::has).forEach(name -> fields.put(name, hole(name)));
        numbers.stream().filter(fields::has).forEach(name -> fields.put(name, rawHole(name)));
    }

    /** The message with its holes filled; what is put into a string must need no escaping. */
    byte[] fill(Map<String, String> values) {
        ByteArrayOutputStream out = new ByteArrayOutputStream(1 << 14);
        for (int i = 0; i < holes.size(); i++) {
            out.writeBytes(literals.get(i));
            String value = Objects.requireNonNull(values.get(holes.get(i)), holes.get(i));
            out.writeBytes(value.getBytes(StandardCharsets.UTF_8));
        }
        out.writeBytes(literals.get(holes.size()));
        return out.toByteArray();
    }
}
