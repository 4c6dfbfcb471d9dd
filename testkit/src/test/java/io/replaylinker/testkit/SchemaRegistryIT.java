package io.replaylinker.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import io.replaylinker.testkit.containers.Parts;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.MethodSource;

/** What every registry of the testkit promises: the calls of Confluent's API that serializers make. */
@ParameterizedClass
@MethodSource("io.replaylinker.testkit.containers.Parts#embeddedAndContainers")
class SchemaRegistryIT {

    private static final String SCHEMA =
            "{\"schema\": \"{\\\"type\\\":\\\"record\\\",\\\"name\\\":\\\"Shop\\\",\\\"fields\\\":[]}\"}";

    private final HttpClient client = HttpClient.newHttpClient();
    private final SchemaRegistry registry;

    SchemaRegistryIT(Parts parts) {
        this.registry = parts.registry();
    }

    @Test
    void shouldGiveARegisteredSchemaItsIdAgain() throws Exception {
        HttpResponse<String> registered = post("/subjects/shop-value/versions", SCHEMA);

        HttpResponse<String> found = post("/subjects/shop-value", SCHEMA);

        assertThat(registered.statusCode()).isEqualTo(200);
        assertThat(registered.body()).containsPattern("\"id\":\\s*\\d+");
        assertThat(found.body())
                .contains(registered.body().replaceAll("[{}]", "").strip());
    }

    @Test
    void shouldGiveASchemaByItsId() throws Exception {
        String id = post("/subjects/by-id-value/versions", SCHEMA).body().replaceAll("\\D", "");

        HttpResponse<String> found = get("/schemas/ids/" + id);

        assertThat(found.statusCode()).isEqualTo(200);
        assertThat(found.body()).contains("Shop");
    }

    @Test
    void shouldNotFindAnUnknownId() throws Exception {
        HttpResponse<String> missing = get("/schemas/ids/987654");

        assertThat(missing.statusCode()).isEqualTo(404);
        assertThat(missing.body()).contains("40403");
    }

    private HttpResponse<String> get(String path) throws IOException, InterruptedException {
        return client.send(
                HttpRequest.newBuilder(URI.create(registry.url() + path)).build(),
                HttpResponse.BodyHandlers.ofString());
    }

    private HttpResponse<String> post(String path, String body) throws IOException, InterruptedException {
        return client.send(
                HttpRequest.newBuilder(URI.create(registry.url() + path))
                        .header("Content-Type", "application/vnd.schemaregistry.v1+json")
                        .POST(HttpRequest.BodyPublishers.ofString(body))
                        .build(),
                HttpResponse.BodyHandlers.ofString());
    }
}
