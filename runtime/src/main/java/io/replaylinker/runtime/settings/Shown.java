package io.replaylinker.runtime.settings;

import java.util.regex.Pattern;

/** The part of a value that may be shown to every user. */
final class Shown {

    static final String MASK = "********";

    /**
     * Addresses may contain credentials where programs allow it. A password may contain characters that end a host, so the last {@code @}
     * counts.
     */
    private static final Pattern LOGIN_IN_ADDRESS = Pattern.compile("(?<=://)\\S*@");

    private Shown() {}

    /** Without the login of an address. */
    static String text(String value) {
        return LOGIN_IN_ADDRESS.matcher(value).replaceAll(MASK + "@");
    }
}
