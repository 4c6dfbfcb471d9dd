package io.replaylinker.worker.http;

import org.eclipse.jetty.http.HttpField;
import org.eclipse.jetty.http.HttpFields;
import org.eclipse.jetty.http.HttpHeader;

/** The headers of every response, errors included. */
final class Headers {

    private static final HttpFields ALL = HttpFields.build()
            .add(new HttpField(
                    "Content-Security-Policy",
                    "default-src 'self'; base-uri 'none'; form-action 'self';"
                            + " frame-ancestors 'none'; object-src 'none'"))
            .add(new HttpField("X-Content-Type-Options", "nosniff"))
            .add(new HttpField("X-Frame-Options", "DENY"))
            .add(new HttpField("Referrer-Policy", "no-referrer"))
            .add(new HttpField("Cross-Origin-Resource-Policy", "same-origin"))
            .add(new HttpField(HttpHeader.CACHE_CONTROL, "no-store"))
            .asImmutable();

    private Headers() {}

    static void addTo(HttpFields.Mutable headers) {
        ALL.forEach(headers::put);
    }
}
