package io.replaylinker.embedded.library;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.replaylinker.embedded.PartUnavailableException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class EnginePackageTest {

    @ParameterizedTest
    @CsvSource({
        "Linux, amd64, LINUX_X64",
        "Linux, aarch64, LINUX_ARM64",
        "Mac OS X, aarch64, DARWIN_ARM64",
        "Mac OS X, x86_64, DARWIN_X64"
    })
    void shouldFindThePackageOfAPlatform(String os, String arch, EnginePackage expected) {
        assertThat(EnginePackage.of(os, arch, false)).isEqualTo(expected);
    }

    @ParameterizedTest
    @CsvSource({"Linux, amd64, true", "Linux, riscv64, false", "Windows 11, amd64, false", "Linux, i386, false"})
    void shouldReportInOneLineThatAPlatformHasNone(String os, String arch, boolean musl) {
        assertThatThrownBy(() -> EnginePackage.of(os, arch, musl))
                .isInstanceOf(PartUnavailableException.class)
                .hasMessageContaining(os)
                .hasMessageContaining(arch)
                .hasMessageContaining("use a real ClickHouse server")
                .message()
                .hasLineCount(1);
    }

    @Test
    void shouldPinTheChecksumOfTheBuildPlatform() {
        assertThat(EnginePackage.LINUX_X64.sha512())
                .hasValueSatisfying(sha512 -> assertThat(sha512).hasSize(88));
    }
}
