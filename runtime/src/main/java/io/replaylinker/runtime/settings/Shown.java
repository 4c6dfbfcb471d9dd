package io.replaylinker.runtime.settings;

import java.util.regex.Pattern;

/** What of a value may be seen by everybody. */
final class Shown {

    static final String MASK = "********";

    /** People write logins into addresses, where programs allow it. A password may hold what ends a host, so the last {@code @} counts. */
    private static final Pattern LOGIN_IN_ADDRESS = Pattern.compile("(?<=://)\\S*@");

    private Shown() {}

    /** Without the login of an address. */
    static String text(String value) {
        return LOGIN_IN_ADDRESS.matcher(value).replaceAll(MASK + "@");
    }
}
