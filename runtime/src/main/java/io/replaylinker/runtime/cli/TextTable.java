package io.replaylinker.runtime.cli;

import java.util.ArrayList;
import java.util.List;

/** Text in aligned columns. A column whose title begins with {@code >} is aligned to the right. */
public final class TextTable {

    private final List<List<String>> rows = new ArrayList<>();
    private final List<Boolean> right;
    private final String indent;

    /** @param titles of the columns */
    public TextTable(String indent, String... titles) {
        this.indent = indent;
        this.right =
                List.of(titles).stream().map(title -> title.startsWith(">")).toList();
        rows.add(List.of(titles).stream()
                .map(title -> title.startsWith(">") ? title.substring(1) : title)
                .toList());
    }

    public void row(String... cells) {
        rows.add(List.of(cells));
    }

    public List<String> lines() {
        int[] widths = new int[right.size()];
        for (List<String> row : rows) {
            for (int i = 0; i < widths.length; i++) {
                widths[i] = Math.max(widths[i], width(row.get(i)));
            }
        }
        return rows.stream().map(row -> line(row, widths)).toList();
    }

    private String line(List<String> row, int[] widths) {
        StringBuilder line = new StringBuilder(indent);
        for (int i = 0; i < widths.length; i++) {
            String blanks = " ".repeat(widths[i] - width(row.get(i)));
            line.append(right.get(i) ? blanks + row.get(i) : row.get(i) + blanks)
                    .append("  ");
        }
        return line.toString().stripTrailing();
    }

    private static int width(String text) {
        return text.codePointCount(0, text.length());
    }
}
