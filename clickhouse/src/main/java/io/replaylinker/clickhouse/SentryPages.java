package io.replaylinker.clickhouse;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * Addresses of Sentry's pages for the views {@code links} and {@code replays_readable}. They are kept as the query of a view of their own,
 * {@code sentry_organizations}, because a view cannot read settings.
 *
 * @param url of Sentry's web interface, without a slash at its end
 * @param slugs of the organizations in addresses, by id; organizations that are not in it have no addresses
 * @param replayPath of the page of a replay below its organization, with {@code {id}} in the place of its id
 * @param tracePath of the page of a trace, likewise
 */
public record SentryPages(String url, Map<Long, String> slugs, String replayPath, String tracePath) {

    /** No addresses. */
    public static final SentryPages NONE = new SentryPages("", Map.of(), "", "");

    static final String VIEW = "sentry_organizations";

    public SentryPages {
        slugs = Map.copyOf(slugs);
    }

    /**
     * Returns the statements that replace the view. It has the columns and comments of the migration that creates it. CREATE OR REPLACE
     * would need the right to drop tables.
     */
    List<String> statements(String database) {
        String view = Quoting.name(database) + "." + Quoting.name(VIEW);
        String create =
                """
                CREATE VIEW IF NOT EXISTS %s
                (
                    `organization_id` UInt64 COMMENT 'organization, as sentry.organization.slugs names it',
                    `replay_address`  String COMMENT 'page of a replay in Sentry, with {id} in the place of its id',
                    `issue_address`   String COMMENT 'page of an issue, with {id} in the place of its number',
                    `trace_address`   String COMMENT 'page of a trace, with {id} in the place of its id'
                )
                AS SELECT
                    p.`page`.1 AS `organization_id`,
                    p.`page`.2 AS `replay_address`,
                    p.`page`.3 AS `issue_address`,
                    p.`page`.4 AS `trace_address`
                FROM (SELECT arrayJoin(CAST([%s], 'Array(Tuple(UInt64, String, String, String))')) AS `page`) AS p
                COMMENT 'Addresses of the pages in Sentry by organization, as the settings had them when tables --apply was run last'""".formatted(view, rows().stream().map(SentryPages::literal).collect(Collectors.joining(", ")));
        return List.of("DROP VIEW IF EXISTS " + view, create);
    }

    /** Returns the rows of the view, by organization. */
    List<List<String>> rows() {
        return new TreeMap<>(slugs)
                .entrySet().stream()
                        .map(slug -> row(slug.getKey(), url + "/organizations/" + slug.getValue() + "/"))
                        .toList();
    }

    /** Describes the step for the user who applies the tables. */
    String report() {
        return VIEW + ": "
                + (slugs.isEmpty()
                        ? "none, because sentry.url is not set"
                        : slugs.size() + " with addresses in Sentry");
    }

    private List<String> row(long organization, String pages) {
        return List.of(Long.toString(organization), pages + replayPath, pages + "issues/{id}/", pages + tracePath);
    }

    private static String literal(List<String> row) {
        return row.stream()
                .skip(1)
                .map(SentryPages::text)
                .collect(Collectors.joining(", ", "(" + row.get(0) + ", ", ")"));
    }

    /** An address may have a quote in its path. */
    private static String text(String address) {
        return "'" + address.replace("\\", "\\\\").replace("'", "\\'") + "'";
    }
}
