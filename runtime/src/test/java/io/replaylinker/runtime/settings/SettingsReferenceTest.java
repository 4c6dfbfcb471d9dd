package io.replaylinker.runtime.settings;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

/** Holds {@code docs/configuration.md} to the table of settings. */
class SettingsReferenceTest {

    /** Surefire starts in the module's folder. */
    private static final Path PAGE = Path.of("../docs/configuration.md");

    private static final String RENEW = "mvn -q test -pl runtime -am -Dtest=SettingsReferenceTest"
            + " -Dsurefire.failIfNoSpecifiedTests=false -Ddocs.renew=true";

    @Test
    void shouldMatchTheCode() throws IOException {
        String page = SettingsReference.page();
        if (Boolean.getBoolean("docs.renew")) {
            Files.writeString(PAGE, page);
        }

        assertThat(Files.readString(PAGE))
                .as("docs/configuration.md is generated from the table of settings; renew it with: %s", RENEW)
                .isEqualTo(page);
    }

    @Test
    void shouldHaveEverySettingInJustOneGroup() {
        assertThat(WorkerSettings.ALL)
                .doesNotHaveDuplicates()
                .extracting(Setting::name)
                .doesNotHaveDuplicates();
    }
}
