package io.replaylinker.serdes.registry;

import java.net.URI;
import java.net.URISyntaxException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * The address of a registry node.
 *
 * @param base scheme, host, port and path, without credentials and without a trailing slash; safe to print
 * @param userInfo {@code user:password} of the URL, decoded; must never be printed
 */
record RegistryAddress(URI base, @Nullable String userInfo) {

    static List<RegistryAddress> readAll(List<String> urls, SettingsReader reader) {
        List<RegistryAddress> addresses = new ArrayList<>();
        for (int i = 0; i < urls.size(); i++) {
            try {
                addresses.add(parse(urls.get(i)));
            } catch (URISyntaxException e) {
                // The exception's message contains the URL and with it a password, so the position is reported instead.
                reader.mistake(
                        RegistrySettings.URL,
                        "must be addresses as http://host:port, which at place " + (i + 1) + " it is not: "
                                + e.getReason());
            }
        }
        return List.copyOf(addresses);
    }

    private static RegistryAddress parse(String url) throws URISyntaxException {
        URI uri = new URI(url);
        String scheme = uri.getScheme() == null ? "" : uri.getScheme().toLowerCase(Locale.ROOT);
        if (!scheme.equals("http") && !scheme.equals("https")) {
            throw new URISyntaxException(url, "it must start with http:// or https://");
        }
        if (uri.getHost() == null) {
            throw new URISyntaxException(url, "it has no host");
        }
        if (uri.getRawQuery() != null || uri.getRawFragment() != null) {
            throw new URISyntaxException(url, "it must not have a query");
        }
        String path = uri.getRawPath() == null ? "" : uri.getRawPath().replaceAll("/+$", "");
        String port = uri.getPort() < 0 ? "" : ":" + uri.getPort();
        return new RegistryAddress(new URI(scheme + "://" + uri.getHost() + port + path), uri.getUserInfo());
    }

    /** Without the credentials. */
    @Override
    public String toString() {
        return base.toString();
    }
}
