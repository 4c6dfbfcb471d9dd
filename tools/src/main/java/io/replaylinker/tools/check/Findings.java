package io.replaylinker.tools.check;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Findings of one area so far. Safe to read while the check still runs. */
final class Findings {

    private final Area area;
    private final List<Finding> found = new ArrayList<>();

    Findings(Area area) {
        this.area = area;
    }

    void ok(String subject, String found) {
        add(Severity.OK, subject, found, null);
    }

    void warning(String subject, String found, String remedy) {
        add(Severity.WARNING, subject, found, remedy);
    }

    void problem(String subject, String found, String remedy) {
        add(Severity.PROBLEM, subject, found, remedy);
    }

    void skipped(String subject, String because) {
        add(Severity.SKIPPED, subject, "not checked, because " + because, null);
    }

    private synchronized void add(Severity severity, String subject, String text, @Nullable String remedy) {
        found.add(new Finding(severity, area, subject, text, remedy));
    }

    synchronized List<Finding> soFar() {
        return List.copyOf(found);
    }
}
