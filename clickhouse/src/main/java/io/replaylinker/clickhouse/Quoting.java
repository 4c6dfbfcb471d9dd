package io.replaylinker.clickhouse;

/** Quotes names in SQL. They were validated where they were created. Values are always passed as parameters. */
final class Quoting {

    private Quoting() {}

    static String name(String name) {
        if (name.indexOf('`') >= 0 || name.indexOf('\\') >= 0) {
            throw new IllegalArgumentException("not a name of ours: " + name);
        }
        return '`' + name + '`';
    }

    /** Quotes a name where SQL expects a string literal, such as the name of a cluster. */
    static String text(String name) {
        if (name.indexOf('\'') >= 0 || name.indexOf('\\') >= 0) {
            throw new IllegalArgumentException("not a name of ours: " + name);
        }
        return '\'' + name + '\'';
    }
}
