package io.replaylinker.local;

import com.microsoft.playwright.Browser;
import com.microsoft.playwright.BrowserType;
import com.microsoft.playwright.Playwright;
import com.microsoft.playwright.assertions.PlaywrightAssertions;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assumptions;

/**
 * A real Chromium without a window, driven by Playwright. The browser is the machine's own; Playwright's driver comes from npm, a few
 * megabytes in the build's folder. A machine that lacks one of them skips the tests and says so, unless
 * {@value #BROWSER_VARIABLE} names a browser: then they must run.
 */
final class Chromium implements AutoCloseable {

    private static final String BROWSER_VARIABLE = "REPLAY_LINKER_CHROMIUM";
    private static final List<String> USUAL_PLACES =
            List.of("/usr/bin/chromium", "/usr/bin/chromium-browser", "/usr/bin/google-chrome");
    private static final Path FOLDER = Path.of("target", "playwright").toAbsolutePath();
    private static final long NPM_SECONDS = 120;

    /** Playwright's own five seconds are too few on a machine that runs other tests beside. */
    private static final double ASSERTION_MS = 30_000;

    /** No sandbox: as root, which a build in a container is, it does not start with one. Nothing from elsewhere is opened. */
    private static final List<String> ARGUMENTS = List.of(
            "--no-sandbox",
            "--disable-gpu",
            "--disable-quic",
            "--no-first-run",
            "--disable-background-networking",
            "--disable-component-update",
            "--disable-sync");

    private final Playwright playwright;
    private final Browser browser;

    private Chromium(Playwright playwright, Browser browser) {
        this.playwright = playwright;
        this.browser = browser;
    }

    static Chromium start() {
        try {
            Path executable = browser().orElseThrow(() -> new IOException("no Chromium in " + USUAL_PLACES));
            System.setProperty("playwright.cli.dir", driver().toString());
            Playwright playwright = Playwright.create();
            PlaywrightAssertions.setDefaultAssertionTimeout(ASSERTION_MS);
            return new Chromium(
                    playwright,
                    playwright
                            .chromium()
                            .launch(new BrowserType.LaunchOptions()
                                    .setExecutablePath(executable)
                                    .setArgs(ARGUMENTS)));
        } catch (IOException e) {
            if (System.getenv(BROWSER_VARIABLE) != null) {
                throw new IllegalStateException(e.getMessage(), e);
            }
            return Assumptions.abort("the page is not tested in a browser here: " + e.getMessage()
                    + "; install chromium and Node.js with npm, or name a browser in " + BROWSER_VARIABLE);
        }
    }

    Browser window() {
        return browser;
    }

    private static Optional<Path> browser() {
        String named = System.getenv(BROWSER_VARIABLE);
        return (named == null ? USUAL_PLACES.stream() : Stream.of(named))
                .map(Path::of)
                .filter(Files::isExecutable)
                .findFirst();
    }

    /** The folder that Playwright starts its driver from: node, and the package playwright-core of the same release. */
    private static Path driver() throws IOException {
        Files.createDirectories(FOLDER);
        if (!Files.exists(FOLDER.resolve("package/cli.js"))) {
            String version = Objects.requireNonNull(System.getProperty("replaylinker.playwright.version"));
            run("npm", "pack", "--silent", "playwright-core@" + version);
            run("tar", "-xzf", "playwright-core-" + version + ".tgz");
        }
        Path node = FOLDER.resolve("node");
        if (!Files.exists(node)) {
            Files.createSymbolicLink(node, onPath("node"));
        }
        return FOLDER;
    }

    private static Path onPath(String program) throws IOException {
        return Stream.of(System.getenv().getOrDefault("PATH", "").split(File.pathSeparator, -1))
                .map(folder -> Path.of(folder, program))
                .filter(Files::isExecutable)
                .findFirst()
                .orElseThrow(() -> new IOException(program + " is not on the PATH"));
    }

    private static void run(String... command) throws IOException {
        Process process = new ProcessBuilder(command)
                .directory(FOLDER.toFile())
                .redirectErrorStream(true)
                .redirectOutput(FOLDER.resolve("log").toFile())
                .start();
        try {
            if (!process.waitFor(NPM_SECONDS, TimeUnit.SECONDS) || process.exitValue() != 0) {
                throw new IOException(String.join(" ", command) + " failed, see " + FOLDER.resolve("log"));
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted", e);
        } finally {
            process.destroy();
        }
    }

    @Override
    public void close() {
        browser.close();
        playwright.close();
    }
}
