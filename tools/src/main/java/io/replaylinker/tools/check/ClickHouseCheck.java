package io.replaylinker.tools.check;

import io.replaylinker.clickhouse.ClickHouse;
import io.replaylinker.clickhouse.ClickHouseSettings;
import io.replaylinker.clickhouse.ErrorClass;
import io.replaylinker.clickhouse.Inspection;
import io.replaylinker.clickhouse.Migrations;
import io.replaylinker.clickhouse.ServerFacts;
import io.replaylinker.clickhouse.StorageException;
import io.replaylinker.runtime.diagnosis.Diagnosis;
import io.replaylinker.runtime.diagnosis.Peer;
import io.replaylinker.runtime.diagnosis.TlsDiagnosis;
import java.time.Clock;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/** Whether the sink can write: checks the server, its clock, the rights of the user and the tables. */
final class ClickHouseCheck implements AreaCheck {

    private static final Duration CONNECT_WITHIN = Duration.ofSeconds(5);
    /** The most tables listed for a missing right; beyond that only their number is printed. */
    private static final int NAMED = 3;

    private static final Duration ANSWER_WITHIN = Duration.ofSeconds(10);

    private final ClickHouseSettings server;
    private final Clock clock;

    ClickHouseCheck(ClickHouseSettings server, Clock clock) {
        this.server = server.withTimeouts(CONNECT_WITHIN, ANSWER_WITHIN);
        this.clock = clock;
    }

    @Override
    public Area area() {
        return Area.CLICKHOUSE;
    }

    @Override
    public void look(Findings findings) {
        ClickHouse clickHouse = new ClickHouse(server);
        try {
            ServerFacts facts = new Inspection(clickHouse, clock).ask();
            version(facts, findings);
            Clocks.compare("ClickHouse", facts.clockAhead(), findings);
            rights(facts, findings);
        } catch (StorageException e) {
            Optional<Diagnosis> tls = TlsDiagnosis.of(e, Peer.CLICKHOUSE);
            findings.problem(
                    "server",
                    tls.map(diagnosis -> diagnosis.found() + ": ").orElse("") + e.getMessage(),
                    tls.map(Diagnosis::remedy)
                            .orElse(
                                    e.errorClass() == ErrorClass.CIRCUIT_BREAK
                                            ? "fix it and check again"
                                            : "check clickhouse.url, clickhouse.user and the password"));
            findings.skipped("tables, rights and clock", "the server does not respond");
            return;
        }
        tables(clickHouse, findings);
    }

    private static void version(ServerFacts facts, Findings findings) {
        if (facts.isOld()) {
            findings.warning(
                    "version",
                    facts.version() + " is older than any tested version",
                    "upgrade to " + ServerFacts.OLDEST_TRIED + " or newer");
        } else {
            findings.ok("version", facts.version());
        }
    }

    private void rights(ServerFacts facts, Findings findings) {
        String subject = "rights of " + server.user();
        if (facts.readOnly()) {
            findings.problem(
                    subject, "the user's profile is read-only", "give the user a profile without the setting readonly");
        }
        Optional<List<String>> missing = facts.missingRights();
        if (missing.isEmpty()) {
            findings.skipped(subject, "this server has no CHECK GRANT");
        } else if (missing.get().isEmpty()) {
            findings.ok(subject, "may read and insert");
        } else {
            findings.problem(
                    subject,
                    "lacks " + grouped(missing.get()),
                    "GRANT SELECT, INSERT ON " + server.database() + ".* TO " + server.user());
        }
    }

    /** Grouped by right, because a user that lacks a right on one table mostly lacks it on all. */
    private static String grouped(List<String> rights) {
        Map<String, List<String>> tables = rights.stream()
                .map(right -> right.split(" on ", 2))
                .collect(Collectors.groupingBy(
                        right -> right[0],
                        LinkedHashMap::new,
                        Collectors.mapping(right -> right[1], Collectors.toList())));
        return tables.entrySet().stream()
                .map(of -> of.getKey() + " on " + some(of.getValue()))
                .collect(Collectors.joining(", "));
    }

    private static String some(List<String> tables) {
        String first = String.join(", ", tables.subList(0, Math.min(NAMED, tables.size())));
        return tables.size() > NAMED ? first + " and " + (tables.size() - NAMED) + " more" : first;
    }

    private static void tables(ClickHouse clickHouse, Findings findings) {
        try {
            Map<String, List<String>> wrong = new Migrations(clickHouse)
                    .check().stream()
                            .collect(Collectors.groupingBy(
                                    one -> one.problem(),
                                    LinkedHashMap::new,
                                    Collectors.mapping(one -> one.subject(), Collectors.toList())));
            if (wrong.isEmpty()) {
                findings.ok("tables", "all exist, with the required columns and engines");
            }
            wrong.forEach((problem, subjects) -> wrong(problem, subjects, findings));
        } catch (StorageException e) {
            findings.problem("tables", String.valueOf(e.getMessage()), "fix it and check again");
        }
    }

    /** One line per kind of problem. */
    private static void wrong(String problem, List<String> subjects, Findings findings) {
        int remedyAt = problem.indexOf("; ");
        String found = remedyAt < 0 ? problem : problem.substring(0, remedyAt);
        String remedy = remedyAt < 0 ? "change it back; tables --apply does not" : problem.substring(remedyAt + 2);
        if (subjects.size() == 1) {
            findings.problem(subjects.get(0), found, remedy);
        } else {
            findings.problem("tables", found + ": " + String.join(", ", subjects), remedy);
        }
    }
}
