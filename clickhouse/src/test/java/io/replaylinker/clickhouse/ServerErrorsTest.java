package io.replaylinker.clickhouse;

import static org.assertj.core.api.Assertions.assertThat;

import com.clickhouse.client.api.ServerException;
import java.net.ConnectException;
import java.net.SocketTimeoutException;
import java.security.cert.CertificateExpiredException;
import java.sql.SQLException;
import java.util.concurrent.ExecutionException;
import javax.net.ssl.SSLHandshakeException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ServerErrorsTest {

    private static final ClickHouseSettings SETTINGS =
            ClickHouseSettings.of("http://ch:8123", "links", "writer", "secret");

    @ParameterizedTest
    @ValueSource(ints = {6, 26, 27, 33, 38, 41, 53, 69, 70, 117, 131, 321, 349, 469})
    void shouldNotRepeatTheValuesOfRowsThatDoNotFit(int code) {
        StorageException failure = translate(server(code, "Cannot parse 'jane@example.com'"));

        assertThat(failure.errorClass()).isEqualTo(ErrorClass.SPLIT);
        assertThat(failure).hasMessageNotContaining("jane");
    }

    @Test
    void shouldDistinguishTooManyPartsFromTooManyPartitions() {
        StorageException parts = translate(server(252, "Too many parts (3000). Merges are slower than inserts"));
        StorageException partitions = translate(server(252, "Too many partitions for single INSERT block"));

        assertThat(parts).hasMessageEndingWith("the table has too many parts, its merges are behind (code 252)");
        assertThat(partitions).hasMessageEndingWith("the rows are of too many partitions for one insert (code 252)");
    }

    @Test
    void shouldNameTheRightThatIsMissing() {
        String message = "default: Not enough privileges. To execute this query, it's necessary to have the grant ";

        assertThat(translate(server(497, message + "INSERT(a, b) ON links.replay_links. (ACCESS_DENIED)")))
                .hasMessageEndingWith("it needs INSERT ON links.replay_links (code 497)");
        assertThat(translate(server(497, message + "CREATE DATABASE ON fresh.*. (ACCESS_DENIED)")))
                .hasMessageEndingWith("it needs CREATE DATABASE ON fresh.* (code 497)");
        assertThat(translate(server(497, "Not enough privileges.")))
                .hasMessageEndingWith("it needs INSERT and SELECT (code 497)");
    }

    @Test
    void shouldReportWhyNoEncryptedConnectionComesAbout() {
        Exception expired = new SSLHandshakeException("PKIX path validation failed: validity check failed");
        expired.initCause(new CertificateExpiredException("NotAfter: yesterday"));

        StorageException failure = translate(new ExecutionException(expired));

        assertThat(failure.errorClass()).isEqualTo(ErrorClass.RETRYABLE);
        assertThat(failure)
                .hasMessageEndingWith(
                        "inserting failed: no encrypted connection: PKIX path validation failed: validity check"
                                + " failed: NotAfter: yesterday");
    }

    @Test
    void shouldTryAgainWhenTheNetworkFails() {
        StorageException refused = translate(new ExecutionException(new ConnectException("Connection refused")));
        StorageException silent = translate(new SQLException("driver", new SocketTimeoutException("Read timed out")));

        assertThat(refused.errorClass()).isEqualTo(ErrorClass.RETRYABLE);
        assertThat(refused).hasMessageEndingWith("inserting failed: Connection refused");
        assertThat(silent.errorClass()).isEqualTo(ErrorClass.RETRYABLE);
        assertThat(silent).hasMessageEndingWith("inserting failed: Read timed out");
    }

    @ParameterizedTest
    @ValueSource(ints = {429, 502, 503, 504})
    void shouldTryAgainWhatAProxyAnswersForABusyServer(int status) {
        assertThat(translate(new ServerException(0, "busy", status, "query")).errorClass())
                .isEqualTo(ErrorClass.RETRYABLE);
    }

    @ParameterizedTest
    @ValueSource(ints = {401, 403, 404})
    void shouldStopAtAnAnswerThatIsNotClickHouses(int status) {
        StorageException failure = translate(new ServerException(0, "<html>", status, "query"));

        assertThat(failure.errorClass()).isEqualTo(ErrorClass.PERMANENT);
        assertThat(failure)
                .hasMessageEndingWith("HTTP status " + status + "; is this the HTTP interface of ClickHouse?");
    }

    @Test
    void shouldReadTheCodeOfTheJdbcDriver() {
        StorageException failure = translate(new SQLException("Code: 60. no such table", "22000", 60));

        assertThat(failure)
                .hasMessage("ClickHouse at http://ch:8123, database links, user writer: inserting failed:"
                        + " the table does not exist; make it with the command tables --apply (code 60)");
    }

    @Test
    void shouldKeepToOneShortLine() {
        StorageException failure = translate(server(999, "first line\nsecond line" + "x".repeat(1_000)));

        assertThat(failure).hasMessageEndingWith("inserting failed: first line (code 999)");
    }

    private static ServerException server(int code, String message) {
        return new ServerException(code, message, 500, "query");
    }

    private static StorageException translate(Exception failure) {
        return ServerErrors.translate(SETTINGS, ErrorClasses.DEFAULT, "inserting", failure);
    }
}
