package io.replaylinker.worker.metrics;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** The page about metrics, made of their table, of the alert rules, and of the text around both in {@code metrics.md.template}. */
final class MetricsReference {

    private static final Pattern ALERT =
            Pattern.compile("- alert: (\\w+).*?summary: \"?(.*?)\"?\\n\\s+action: (.*?)\\n", Pattern.DOTALL);
    private static final Pattern VARIABLE = Pattern.compile("\\{\\{ (\\$labels\\.)?\\$?(\\w+).*?}}");

    private MetricsReference() {}

    static String page(String alertRules) throws IOException {
        return template()
                .replace("${alerts}", alerts(alertRules))
                .replace(
                        "${groups}",
                        String.join(
                                        "\n",
                                        List.of(
                                                group("What comes in", Metrics.INPUT),
                                                group("What the join makes of it", Metrics.JOIN),
                                                group("How the join runs", Metrics.JOIN_PROCESS),
                                                group("What goes out", Metrics.SINKS),
                                                group("The worker as a whole", Metrics.WORKER)))
                                .strip());
    }

    private static String group(String title, List<Metric> metrics) {
        return "## " + title + "\n\n| metric | kind | labels | |\n|---|---|---|---|\n"
                + metrics.stream().map(MetricsReference::row).collect(Collectors.joining());
    }

    private static String row(Metric metric) {
        String labels = metric.labels().stream().map(label -> "`" + label + "`").collect(Collectors.joining(", "));
        return "| `%s` | %s | %s | %s |\n"
                .formatted(metric.name(), metric.kind().label(), labels, metric.help());
    }

    private static String alerts(String rules) {
        List<String> rows = new ArrayList<>();
        Matcher alert = ALERT.matcher(rules);
        while (alert.find()) {
            rows.add("| `%s` | %s | %s |".formatted(alert.group(1), plain(alert.group(2)), alert.group(3)));
        }
        return String.join("\n", rows);
    }

    /** With the names of labels for their values. */
    private static String plain(String summary) {
        return VARIABLE.matcher(summary).replaceAll("*$2*");
    }

    private static String template() throws IOException {
        try (InputStream in =
                Objects.requireNonNull(MetricsReference.class.getResourceAsStream("metrics.md.template"))) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        }
    }
}
