package io.replaylinker.worker.page;

import io.replaylinker.worker.http.HttpServer;
import io.replaylinker.worker.http.RouteResponse;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Map;
import java.util.TreeMap;

/** The files of the page. They are read once, and no path of a request is ever used as a path of a file. */
final class StaticFiles {

    private static final String SCRIPT = "text/javascript;charset=utf-8";

    private static final Map<String, String> TYPES = new TreeMap<>(Map.ofEntries(
            Map.entry("index.html", "text/html;charset=utf-8"),
            Map.entry("page.css", "text/css;charset=utf-8"),
            Map.entry("favicon.svg", "image/svg+xml"),
            Map.entry("page.js", SCRIPT),
            Map.entry("search.js", SCRIPT),
            Map.entry("results.js", SCRIPT),
            Map.entry("timeline.js", SCRIPT),
            Map.entry("tree.js", SCRIPT),
            Map.entry("drawing.js", SCRIPT),
            Map.entry("looks.js", SCRIPT),
            Map.entry("picture.js", SCRIPT),
            Map.entry("charts.js", SCRIPT),
            Map.entry("names.js", SCRIPT),
            Map.entry("workers.js", SCRIPT),
            Map.entry("dom.js", SCRIPT)));

    private StaticFiles() {}

    static void addTo(HttpServer.Builder server) {
        TYPES.forEach((name, type) -> {
            RouteResponse file = new RouteResponse(RouteResponse.OK, type, read(name));
            server.get(name.equals("index.html") ? "/" : "/" + name, request -> file);
        });
    }

    private static byte[] read(String name) {
        try (InputStream file = StaticFiles.class.getResourceAsStream(name)) {
            if (file == null) {
                throw new IllegalStateException("the program lacks its file " + name);
            }
            return file.readAllBytes();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
