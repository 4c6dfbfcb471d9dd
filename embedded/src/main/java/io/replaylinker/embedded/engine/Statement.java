package io.replaylinker.embedded.engine;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.SequenceInputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The statement of a request: SQL in the parameter {@code query}, in the body, or in the parameter followed by the body, as ClickHouse's
 * HTTP interface defines it. An INSERT with a FORMAT clause is split into statement, format and rows, because binary rows after the SQL
 * text break the engine's parser.
 */
final class Statement {

    /** The length of the body's head in which the FORMAT clause of an INSERT is searched. */
    private static final int HEAD_BYTES = 1 << 16;

    private static final String BLANK = "(?:\\s|/\\*.*?\\*/|--[^\\n]*\\n)*";

    private static final String SETTING = "[\\w.]+\\s*=\\s*(?:'(?:[^'\\\\]|\\\\.|'')*'|[^\\s,']+)";

    private static final Pattern INSERT_WITH_FORMAT = Pattern.compile(
            "^" + BLANK + "INSERT\\s+INTO\\s+(?:TABLE\\s+)?[^\\s(]+\\s*(?:\\([^()]*\\))?\\s*"
                    + "(?:SETTINGS\\s+" + SETTING + "(?:\\s*,\\s*" + SETTING + ")*\\s+)?"
                    + "(FORMAT\\s+(\\w+)[ \\t]*;?[ \\t]*\\r?\\n?)",
            Pattern.CASE_INSENSITIVE | Pattern.DOTALL);

    private static final Pattern OUTPUT_FORMAT =
            Pattern.compile("\\sFORMAT\\s+(\\w+)\\s*(?:SETTINGS\\s[^;]*)?;?\\s*$", Pattern.CASE_INSENSITIVE);

    private static final Pattern ENDS_THE_PROCESS = Pattern.compile(
            "^" + BLANK + "SYSTEM" + BLANK + "(?:SHUTDOWN|KILL)\\b", Pattern.CASE_INSENSITIVE | Pattern.DOTALL);

    private static final Pattern INSERT =
            Pattern.compile("^" + BLANK + "INSERT\\b", Pattern.CASE_INSENSITIVE | Pattern.DOTALL);

    private final byte[] sql;
    private final @Nullable String insertFormat;
    private final InputStream rows;

    private Statement(byte[] sql, @Nullable String insertFormat, InputStream rows) {
        this.sql = sql;
        this.insertFormat = insertFormat;
        this.rows = rows;
    }

    /** @param query the parameter {@code query}, empty if there is none */
    static Statement of(String query, InputStream body) throws IOException {
        if (query.isBlank()) {
            byte[] head = body.readNBytes(HEAD_BYTES);
            return split(head, body).orElse(new Statement(all(head, body), null, InputStream.nullInputStream()));
        }
        byte[] sql = query.getBytes(StandardCharsets.UTF_8);
        Optional<Statement> insert = split(sql, body);
        if (insert.isPresent()) {
            return insert.get();
        }
        byte[] rest = body.readAllBytes();
        return new Statement(
                rest.length == 0
                        ? sql
                        : all((query + "\n").getBytes(StandardCharsets.UTF_8), new ByteArrayInputStream(rest)),
                null,
                InputStream.nullInputStream());
    }

    private static Optional<Statement> split(byte[] head, InputStream rest) {
        // One char per byte, so that positions in the text are positions in the bytes.
        Matcher matcher = INSERT_WITH_FORMAT.matcher(new String(head, StandardCharsets.ISO_8859_1));
        if (!matcher.find() || matcher.group(2).toLowerCase(Locale.ROOT).equals("values")) {
            return Optional.empty();
        }
        InputStream first = new ByteArrayInputStream(head, matcher.end(1), head.length - matcher.end(1));
        return Optional.of(new Statement(
                Arrays.copyOf(head, matcher.start(1)), matcher.group(2), new SequenceInputStream(first, rest)));
    }

    private static byte[] all(byte[] head, InputStream rest) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream(head.length);
        out.writeBytes(head);
        rest.transferTo(out);
        return out.toByteArray();
    }

    /** The whole statement, or an INSERT up to its FORMAT clause. */
    byte[] sql() {
        return sql;
    }

    /** The format of {@link #rows()}; null if there are no rows to stream. */
    @Nullable String insertFormat() {
        return insertFormat;
    }

    InputStream rows() {
        return rows;
    }

    /** Returns whether the text may contain several statements, so that the engine's parser has to count them. */
    boolean mayHoldSeveral() {
        if (insertFormat != null || INSERT.matcher(head()).find()) {
            return false;
        }
        String text = new String(sql, StandardCharsets.UTF_8).stripTrailing();
        int semicolon = text.indexOf(';');
        return semicolon >= 0 && semicolon < text.length() - 1;
    }

    /** Returns whether it is SYSTEM SHUTDOWN or SYSTEM KILL, which the library applies to the whole process group. */
    boolean endsTheProcess() {
        return ENDS_THE_PROCESS.matcher(head()).find();
    }

    /** The format of the result that the SQL itself names. */
    Optional<String> outputFormat() {
        int from = Math.max(0, sql.length - HEAD_BYTES);
        Matcher matcher = OUTPUT_FORMAT.matcher(new String(sql, from, sql.length - from, StandardCharsets.UTF_8));
        return insertFormat == null && matcher.find() ? Optional.of(matcher.group(1)) : Optional.empty();
    }

    private String head() {
        return new String(sql, 0, Math.min(sql.length, HEAD_BYTES), StandardCharsets.UTF_8);
    }
}
