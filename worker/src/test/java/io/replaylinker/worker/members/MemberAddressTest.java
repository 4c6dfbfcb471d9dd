package io.replaylinker.worker.members;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class MemberAddressTest {

    @Test
    void shouldReadHostAndPort() {
        assertThat(MemberAddress.parse("worker-1.example:8080")).contains(new MemberAddress("worker-1.example", 8080));
        assertThat(MemberAddress.parse("10.0.0.7:1")).contains(new MemberAddress("10.0.0.7", 1));
        assertThat(MemberAddress.parse("[fd00::1]:8080")).contains(new MemberAddress("fd00::1", 8080));
        assertThat(MemberAddress.parse("fd00::1:8080")).contains(new MemberAddress("fd00::1", 8080));
        assertThat(new MemberAddress("fd00::1", 8080)).hasToString("[fd00::1]:8080");
    }

    /** What a group announces decides where a request goes. */
    @Test
    void shouldRefuseWhatIsMoreThanHostAndPort() {
        assertThat(List.of("", "worker", "worker:", "worker:0", "worker:65536", ":8080", "http://worker:80", "a/b:80"))
                .allSatisfy(text -> assertThat(MemberAddress.parse(text)).isEmpty());
        assertThat(List.of("user@worker:80", "worker:80/path", "worker:80?q", "wor ker:80", "worker:80\nworker:81"))
                .allSatisfy(text -> assertThat(MemberAddress.parse(text)).isEmpty());
    }

    @Test
    void shouldAnnounceWhatOthersReach() {
        String machine = MemberAddress.machine();

        assertThat(announced(null, "127.0.0.1")).isEqualTo(new MemberAddress(machine, 4711));
        assertThat(announced(null, "0.0.0.0")).isEqualTo(new MemberAddress(machine, 4711));
        assertThat(announced(null, "10.0.0.7")).isEqualTo(new MemberAddress("10.0.0.7", 4711));
        assertThat(announced("proxy.example:80", "10.0.0.7")).isEqualTo(new MemberAddress("proxy.example", 80));
        assertThat(announced("fd00::1:80", "127.0.0.1")).hasToString("[fd00::1]:80");
    }

    private static MemberAddress announced(@Nullable String advertised, String bind) {
        return MemberAddress.announced(advertised, bind, 4711);
    }
}
