package io.replaylinker.local;

import picocli.CommandLine.Help.Ansi;
import picocli.CommandLine.Help.Ansi.IStyle;
import picocli.CommandLine.Help.Ansi.Style;

/** Colour where there is a terminal, nothing elsewhere. */
record Paint(boolean colours) {

    static Paint automatic() {
        return new Paint(Ansi.AUTO.enabled());
    }

    String strong(String text) {
        return in(Style.bold, text);
    }

    String good(String text) {
        return in(Style.fg_green, text);
    }

    String bad(String text) {
        return in(Style.fg_yellow, text);
    }

    String level(String level, String text) {
        return switch (level) {
            case "fatal", "error" -> in(Style.fg_red, text);
            default -> text;
        };
    }

    private String in(IStyle style, String text) {
        return colours ? style.on() + text + Style.reset.on() : text;
    }
}
