package io.replaylinker.deploy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** The grants of {@code deploy/clickhouse/grants.sql}. */
final class DocumentedGrants {

    private DocumentedGrants() {}

    /** What is granted to {@code replay_linker_USER}, without the name. */
    static List<String> of(String user) throws IOException {
        String grantee = " TO replay_linker_" + user + ";";
        return Files.readAllLines(Path.of("clickhouse", "grants.sql")).stream()
                .filter(line -> line.startsWith("GRANT ") && line.endsWith(grantee))
                .map(line -> line.substring(0, line.length() - grantee.length()))
                .toList();
    }
}
