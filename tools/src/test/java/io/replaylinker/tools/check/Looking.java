package io.replaylinker.tools.check;

import static org.assertj.core.api.Assertions.assertThat;

import io.replaylinker.runtime.settings.Settings;
import io.replaylinker.runtime.settings.SettingsReader;
import java.time.Clock;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** A check of settings, and what it found. */
record Looking(List<Finding> findings) {

    /** A check that says nothing finds nothing bad either. */
    Looking {
        assertThat(findings).isNotEmpty();
    }

    /** The sources that are read where no setting names any. */
    static final List<String> DEFAULT_SOURCES =
            List.of("events", "transactions", "generic-events", "ingest-spans", "ingest-replay-events");

    /** All areas. */
    static Looking at(Map<String, String> settings) throws InterruptedException {
        return new Looking(
                new Checks(CheckWiring.all(read(settings), Clock.systemUTC()), Duration.ofSeconds(60)).run(area -> {}));
    }

    /** One area by itself. */
    static Looking at(AreaCheck area) throws InterruptedException {
        return new Looking(new Checks(List.of(area), Duration.ofSeconds(60)).run(findings -> {}));
    }

    static Settings read(Map<String, String> settings) {
        Map<String, String> all = new HashMap<>(Map.of(
                "kafka.bootstrap.servers", "127.0.0.1:1", "schema.registry.url", "mock://check", "http.port", "0"));
        all.putAll(settings);
        return SettingsReader.of(all);
    }

    /** Those of a subject that are neither fine nor skipped. */
    List<Finding> bad() {
        return findings.stream()
                .filter(finding -> finding.severity().compareTo(Severity.SKIPPED) > 0)
                .toList();
    }

    /** Asserts that there is such a finding. */
    void assertFound(Severity severity, String subject, String found) {
        assertFound(severity, subject, found, "");
    }

    /** Asserts that there is such a finding, with what to do. */
    void assertFound(Severity severity, String subject, String found, String remedy) {
        assertThat(findings).as("%s about %s", severity, subject).anySatisfy(finding -> {
            assertThat(finding.severity()).isEqualTo(severity);
            assertThat(finding.subject()).isEqualTo(subject);
            assertThat(finding.found()).contains(found);
            assertThat(String.valueOf(finding.remedy())).contains(remedy);
        });
    }
}
