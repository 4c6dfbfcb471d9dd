package io.replaylinker.testkit;

import io.replaylinker.embedded.ChildJvm;
import io.replaylinker.embedded.EndsWithParent;
import io.replaylinker.embedded.Folders;
import io.replaylinker.embedded.PartUnavailableException;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Apicurio Registry 2.6 with its in-memory store, in its own process on loopback. It runs on JDK 17, which 3.x does not. The build unpacks
 * it from Maven Central and sets its folder in {@value #HOME_PROPERTY}.
 */
public final class EmbeddedRegistry implements SchemaRegistry {

    /** System property: folder with the unpacked archive {@code io.apicurio:apicurio-registry-app:tar.gz:all}. */
    public static final String HOME_PROPERTY = "replaylinker.registry.home";

    private static final String MAIN_CLASS = "io.quarkus.runner.GeneratedMain";
    private static final String CONFLUENT_API = "/apis/ccompat/v7";
    private static final Pattern LISTENING = Pattern.compile("Listening on: http://[^:]+:(\\d+)");

    private final ChildJvm child;
    private final int port;
    private final Path work;

    private EmbeddedRegistry(ChildJvm child, int port, Path work) {
        this.child = child;
        this.port = port;
        this.work = work;
    }

    /**
     * Starts a registry on a free port. This takes about three seconds.
     *
     * @throws PartUnavailableException with a one-line reason and remedy
     */
    public static EmbeddedRegistry start() {
        Path home = home();
        Path work = Folders.temporary("registry");
        ChildJvm child = null;
        try {
            child = ChildJvm.start(
                    jvmOptions(),
                    classPath(home),
                    EndsWithParent.class,
                    List.of(MAIN_CLASS),
                    work.resolve("stderr.log"));
            return new EmbeddedRegistry(child, awaitPort(child), work);
        } catch (IOException | PartUnavailableException e) {
            if (child != null) {
                child.close();
            }
            Folders.delete(work);
            throw new PartUnavailableException("the embedded registry did not start: " + e.getMessage(), e);
        }
    }

    private static Path home() {
        String property = System.getProperty(HOME_PROPERTY, "");
        if (property.isEmpty() || !Files.isDirectory(Path.of(property))) {
            throw new PartUnavailableException("the embedded registry is not unpacked"
                    + (property.isEmpty() ? "" : " in " + property)
                    + "; run through Maven with testkit in the build (mvn -am), or set -D" + HOME_PROPERTY);
        }
        return Path.of(property);
    }

    private static List<String> jvmOptions() {
        return List.of(
                "-Xmx512m",
                "-XX:+UseSerialGC",
                "-XX:TieredStopAtLevel=1",
                "-Xshare:auto",
                "-Dquarkus.http.host=127.0.0.1",
                "-Dquarkus.http.port=0",
                "-Dquarkus.banner.enabled=false");
    }

    private static String classPath(Path home) throws IOException {
        try (Stream<Path> files = Files.list(home)) {
            Path runner = files.filter(file -> file.toString().endsWith("-runner.jar"))
                    .findFirst()
                    .orElseThrow(() -> new IOException("no *-runner.jar in " + home));
            return runner + File.pathSeparator + ChildJvm.classPathOf(EndsWithParent.class);
        }
    }

    private static int awaitPort(ChildJvm child) throws IOException {
        String line = child.readLine();
        String last = "";
        while (line != null) {
            Matcher matcher = LISTENING.matcher(line);
            if (matcher.find()) {
                child.discardOutput();
                return Integer.parseInt(matcher.group(1));
            }
            last = line.isBlank() ? last : line;
            line = child.readLine();
        }
        throw new IOException("its process ended, last saying: " + last.strip());
    }

    @Override
    public String url() {
        return "http://127.0.0.1:" + port + CONFLUENT_API;
    }

    /** The process id of the registry. */
    public long pid() {
        return child.pid();
    }

    @Override
    public void close() {
        child.close();
        Folders.delete(work);
    }
}
