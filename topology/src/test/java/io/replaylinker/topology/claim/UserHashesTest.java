package io.replaylinker.topology.claim;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class UserHashesTest {

    private final UserHashes hashes = new UserHashes(new byte[] {1, 2, 3});

    @Test
    void shouldBeTheSameOnEveryWorkerWithTheKey() {
        UserHashes other = new UserHashes(new byte[] {1, 2, 3});

        assertThat(other.user("anna")).isNotNull().isEqualTo(hashes.user("anna"));
        assertThat(other.address("203.0.113.9")).isNotNull().isEqualTo(hashes.address("203.0.113.9"));
    }

    @Test
    void shouldShowNothingToThoseWithoutTheKey() {
        UserHashes other = new UserHashes(new byte[] {1, 2, 4});

        assertThat(other.user("anna")).isNotEqualTo(hashes.user("anna"));
        assertThat(other.address("203.0.113.9")).isNotEqualTo(hashes.address("203.0.113.9"));
    }

    /** HMAC-SHA256 of "uanna" and of "a" with the four bytes of the address, under the key 010203: the first eight bytes. */
    @Test
    void shouldStayAsReleasedSinceStateHoldsThem() {
        assertThat(hashes.user("anna")).isEqualTo(4257844407776412645L);
        assertThat(hashes.address("203.0.113.9")).isEqualTo(7639587886317160660L);
    }

    @Test
    void shouldRefuseAnEmptyKey() {
        assertThatThrownBy(() -> new UserHashes(new byte[0])).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void shouldTakeIdsAsTheyAreButForTheBlanksAround() {
        assertThat(hashes.user(" anna\t")).isEqualTo(hashes.user("anna"));

        assertThat(hashes.user("Anna")).isNotEqualTo(hashes.user("anna"));
        assertThat(hashes.user("an na")).isNotEqualTo(hashes.user("anna"));
        assertThat(hashes.user("007")).isNotEqualTo(hashes.user("7"));
    }

    @Test
    void shouldTakeNoNameForNone() {
        assertThat(hashes.user(null)).isNull();
        assertThat(hashes.user(" \n")).isNull();
        assertThat(hashes.address(null)).isNull();
        assertThat(hashes.address(" ")).isNull();
    }

    @Test
    void shouldDistinguishUsersFromAddresses() {
        assertThat(hashes.user("203.0.113.9")).isNotEqualTo(hashes.address("203.0.113.9"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "2001:DB8::1",
                " 2001:db8:0:0:0:0:0:1 ",
                "2001:0db8:0000:0000:0000:0000:0000:0001",
                "2001:db8::0:1",
                "2001:db8::0.0.0.1"
            })
    void shouldKnowAnAddressInAnySpelling(String spelling) {
        assertThat(hashes.address(spelling)).isNotNull().isEqualTo(hashes.address("2001:db8::1"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"::ffff:203.0.113.9", "::FFFF:cb00:7109", "0:0:0:0:0:ffff:203.0.113.9"})
    void shouldTakeAMappedAddressForTheOneThatItHolds(String mapped) {
        assertThat(hashes.address(mapped)).isNotNull().isEqualTo(hashes.address("203.0.113.9"));
    }

    @Test
    void shouldDistinguishAddresses() {
        assertThat(hashes.address("203.0.113.9")).isNotEqualTo(hashes.address("203.0.113.10"));
        assertThat(hashes.address("2001:db8::1")).isNotEqualTo(hashes.address("2001:db8::2"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "127.0.0.1",
                "127.9.9.9",
                "::1",
                "0.0.0.0",
                "::",
                "10.1.2.3",
                "172.16.0.1",
                "172.31.255.255",
                "192.168.1.1",
                "169.254.1.1",
                "fe80::1",
                "fc00::1",
                "fd12:3456::1",
                "::ffff:10.1.2.3",
                "::ffff:127.0.0.1"
            })
    void shouldTakeAnAddressOfAProxyForNone(String address) {
        assertThat(hashes.address(address)).isNull();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "localhost",
                "cafe",
                "1.2.3",
                "256.1.1.1",
                "999.999.999.999",
                "1.2.3.4.5",
                ".:1",
                "..",
                "",
                "\u0661.1.1.1"
            })
    void shouldNeverAskTheNameService(String name) {
        assertThat(UserHashes.isLiteral(name)).isFalse();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "localhost",
                "example.com",
                "203.0.113.9.example.com",
                "{{auto}}",
                "256.1.1.1",
                "1.2.3",
                "3405803785",
                "cafe",
                "a:b:c",
                ":::",
                "1:2:3:4:5:6:7:8:9",
                "203.0.113.9:443",
                "[2001:db8::1]",
                "fe80::1%eth0"
            })
    void shouldTakeWhatIsNoAddressForNone(String text) {
        assertThat(hashes.address(text)).isNull();
    }
}
