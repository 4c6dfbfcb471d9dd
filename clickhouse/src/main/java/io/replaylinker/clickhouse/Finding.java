package io.replaylinker.clickhouse;

/**
 * A problem of the tables that keeps the program from working.
 *
 * @param subject the database, table or column, such as {@code replay_links.version}
 * @param problem what is wrong with it and what to do
 */
public record Finding(String subject, String problem) {

    @Override
    public String toString() {
        return subject + " " + problem;
    }
}
