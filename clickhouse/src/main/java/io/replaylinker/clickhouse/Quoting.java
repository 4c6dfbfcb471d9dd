package io.replaylinker.clickhouse;

/** Names in SQL. They have been validated where they were made; values never come this way but as parameters. */
final class Quoting {

    private Quoting() {}

    static String name(String name) {
        if (name.indexOf('`') >= 0 || name.indexOf('\\') >= 0) {
            throw new IllegalArgumentException("not a name of ours: " + name);
        }
        return '`' + name + '`';
    }

    /** A name where SQL wants it as a text, as that of a cluster. */
    static String text(String name) {
        if (name.indexOf('\'') >= 0 || name.indexOf('\\') >= 0) {
            throw new IllegalArgumentException("not a name of ours: " + name);
        }
        return '\'' + name + '\'';
    }
}
