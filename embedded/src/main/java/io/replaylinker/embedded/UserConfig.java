package io.replaylinker.embedded;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Writes ClickHouse's own configuration files for an engine with a restricted user. */
final class UserConfig {

    /** The bridge selects a database with a statement, which needs a grant. A server's HTTP interface does not need one. */
    private static final String ENTER = "GRANT SHOW DATABASES ON system.*";

    private UserConfig() {}

    /**
     * Writes the files into the folder and returns the name of the main one. Without grants the user may do everything that the profile
     * allows.
     */
    static String write(Path folder, String user, List<String> grants, Map<String, String> profile) throws IOException {
        String queries = Stream.concat(Stream.of(ENTER), grants.stream())
                .map(grant -> "<query>" + escaped(grant) + "</query>")
                .collect(Collectors.joining());
        String rights = grants.isEmpty() ? "" : "<grants>" + queries + "</grants>";
        String settings = profile.entrySet().stream()
                .map(setting -> "<%1$s>%2$s</%1$s>".formatted(setting.getKey(), escaped(setting.getValue())))
                .collect(Collectors.joining());
        Path users = Files.writeString(folder.resolve("users.xml"), """
                <clickhouse>
                  <profiles><default>%s</default></profiles>
                  <quotas><default/></quotas>
                  <users>
                    <%s>
                      <password/>
                      <profile>default</profile>
                      <quota>default</quota>
                      %s
                    </%s>
                  </users>
                </clickhouse>
                """.formatted(settings, user, rights, user));
        return Files.writeString(folder.resolve("config.xml"), """
                <clickhouse>
                  <users_config>%s</users_config>
                </clickhouse>
                """.formatted(users))
                .toString();
    }

    private static String escaped(String text) {
        return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;");
    }
}
