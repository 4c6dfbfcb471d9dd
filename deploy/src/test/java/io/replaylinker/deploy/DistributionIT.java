package io.replaylinker.deploy;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The archive, unpacked somewhere else. */
class DistributionIT {

    /** In ticks: a name that ends like a file, or a folder. */
    private static final Pattern FILE = Pattern.compile(
            "`((?:[\\w-]+/)*(?:[\\w.-]+\\.(?:md|properties|json|sql)|LICENSE|[\\w-]+/|replay-linker))`");

    private static final Pattern COMMAND = Pattern.compile("bin/replay-linker ([a-z]+)");

    @TempDir
    private static Path folder = Path.of("");

    @BeforeAll
    static void unpack() throws IOException, InterruptedException {
        Distribution.unpack(folder);
    }

    @Test
    void shouldStartThroughASymbolicLink() throws Exception {
        Distribution distribution = Distribution.in(folder);
        Files.createSymbolicLink(folder.resolve("linked"), distribution.home().resolve("bin/replay-linker"));

        assertThat(distribution.run(folder, "--version")).startsWith("replay-linker ");
        assertThat(Distribution.run(folder.resolve("linked"), folder, "--help"))
                .contains("Usage: replay-linker", "run", "tables", "lookup");
    }

    @Test
    void shouldBringSettingsThatTheProgramTakes() throws Exception {
        Distribution distribution = Distribution.in(folder);
        String settings =
                distribution.home().resolve("conf/replay-linker.properties").toString();

        assertThat(distribution.run(folder, "topology", "--config", settings)).contains("Sub-topology: 0");
    }

    @Test
    void shouldTellOfItselfInItsReadme() throws Exception {
        Distribution distribution = Distribution.in(folder);
        String readme = Files.readString(distribution.home().resolve("README.md"));

        List<String> files = found(FILE, readme);
        List<String> commands = found(COMMAND, readme);

        assertThat(files).hasSizeGreaterThan(8).allSatisfy(file -> assertThat(
                        distribution.home().resolve(file))
                .exists());
        assertThat(commands).contains("run", "tables", "check");
        String help = distribution.run(folder, "--help");
        assertThat(commands).allSatisfy(command -> assertThat(help).contains("  " + command + " "));
    }

    private static List<String> found(Pattern pattern, String text) {
        return pattern.matcher(text).results().map(found -> found.group(1)).toList();
    }

    @Test
    void shouldListWhatIsInIt() throws Exception {
        Path home = Distribution.in(folder).home();
        String listed = Files.readString(home.resolve("sbom.json"));

        List<String> libraries;
        try (Stream<Path> files = Files.list(home.resolve("lib"))) {
            libraries = files.map(file -> file.getFileName().toString()).toList();
        }
        assertThat(libraries)
                .anyMatch(name -> name.startsWith("kafka-streams-"))
                .noneMatch(
                        name -> name.startsWith("testkit") || name.startsWith("embedded") || name.startsWith("junit"));
        assertThat(libraries)
                .allSatisfy(name -> assertThat(listed).contains("\"" + name.replaceFirst("-\\d.*", "") + "\""));
        assertThat(home.resolve("LICENSE")).isRegularFile();
        assertThat(home.resolve("deploy/helm/replay-linker/Chart.yaml")).isRegularFile();
        assertThat(home.resolve("deploy/kafka/acls")).isExecutable();
    }
}
