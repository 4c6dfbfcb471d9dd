package io.replaylinker.serdes.sentry;

import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Derives the platform of a span from its SDK's name, because spans, unlike events, do not name a platform. Source: the names of Sentry's
 * public SDKs, and the platform that the same SDKs write into their events.
 */
final class SdkPlatform {

    private static final String JAVASCRIPT = "javascript";
    private static final String NODE = "node";

    /** Suffixes after {@code sentry.javascript.} of SDKs that run only on servers. */
    private static final Set<String> SERVERS = Set.of(
            "node",
            "node-core",
            "node-native",
            "bun",
            "deno",
            "cloudflare",
            "vercel-edge",
            "aws-serverless",
            "google-cloud-serverless",
            "serverless",
            "opentelemetry",
            "effect",
            "elysia",
            "express",
            "fastify",
            "hapi",
            "hono",
            "koa",
            "nestjs",
            "nitro");

    private static final Map<String, String> FAMILIES = Map.ofEntries(
            Map.entry("python", "python"),
            Map.entry("cocoa", "cocoa"),
            Map.entry("java", "java"),
            Map.entry("kotlin", "java"),
            Map.entry("dart", "dart"),
            Map.entry("php", "php"),
            Map.entry("ruby", "ruby"),
            Map.entry("go", "go"),
            Map.entry("rust", "rust"),
            Map.entry("elixir", "elixir"),
            Map.entry("perl", "perl"),
            Map.entry("native", "native"),
            Map.entry("dotnet", "csharp"));

    private SdkPlatform() {}

    /**
     * Returns the platform, or null if the SDK is unknown.
     *
     * @param sdk such as {@code sentry.javascript.react}
     * @param kind of the span. Frameworks for both sides, such as Next, have one SDK for both, and only a server has server spans
     */
    static @Nullable String of(@Nullable String sdk, @Nullable String kind) {
        if (sdk == null || !sdk.startsWith("sentry.")) {
            return null;
        }
        int from = "sentry.".length();
        int dot = sdk.indexOf('.', from);
        String family = dot < 0 ? sdk.substring(from) : sdk.substring(from, dot);
        if (!family.equals(JAVASCRIPT)) {
            return FAMILIES.get(family);
        }
        boolean isServer = ClientOperations.isServerKind(kind) || (dot > 0 && SERVERS.contains(sdk.substring(dot + 1)));
        return isServer ? NODE : JAVASCRIPT;
    }
}
