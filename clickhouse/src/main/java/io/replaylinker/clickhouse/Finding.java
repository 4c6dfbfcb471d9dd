package io.replaylinker.clickhouse;

/**
 * Something about the tables that keeps the program from working.
 *
 * @param subject the database, table or column, as {@code replay_links.version}
 * @param problem what is wrong with it and what to do
 */
public record Finding(String subject, String problem) {

    @Override
    public String toString() {
        return subject + " " + problem;
    }
}
