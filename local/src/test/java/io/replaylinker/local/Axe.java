package io.replaylinker.local;

import com.microsoft.playwright.Page;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Objects;

/** Checks a page against axe-core's rules of accessibility. */
final class Axe {

    private static final String FILE = "/META-INF/resources/webjars/axe-core/"
            + System.getProperty("replaylinker.axe-core.version") + "/axe.min.js";

    /** Each with the elements that break it. With forced colors the system answers for contrast. */
    private static final String RUN = """
            forced => axe.run({ rules: { 'color-contrast': { enabled: !forced } } }).then(found => found.violations.map(
                one => one.id + ': ' + one.nodes.slice(0, 3).map(node => node.target.join(' ') + ' ' + node.failureSummary).join('; ')))
            """;

    private Axe() {}

    /** The rules that the page breaks. */
    static List<String> violations(Page page, boolean forcedColors) {
        page.evaluate(script());
        return ((List<?>) page.evaluate(RUN, forcedColors))
                .stream().map(String::valueOf).toList();
    }

    private static String script() {
        try (InputStream file = Objects.requireNonNull(Axe.class.getResourceAsStream(FILE), FILE)) {
            return new String(file.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
