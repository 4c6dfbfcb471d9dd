package io.replaylinker.serdes.registry;

import java.util.List;
import java.util.stream.Collectors;
import org.apache.kafka.common.config.ConfigException;

/** Thrown for unusable settings of the Avro serde. It lists every mistake and contains no secret. */
public final class InvalidSerdeSettingsException extends ConfigException {

    private static final long serialVersionUID = 1L;

    private final transient List<Mistake> mistakes;

    InvalidSerdeSettingsException(List<Mistake> mistakes) {
        super("Wrong settings of the Avro serde: "
                + mistakes.stream()
                        .map(mistake -> mistake.name() + ": " + mistake.text())
                        .collect(Collectors.joining("; "))
                + ".");
        this.mistakes = List.copyOf(mistakes);
    }

    /**
     * A mistake.
     *
     * @param name of the setting, without a prefix of the program
     * @param text what is wrong and what to write
     */
    public record Mistake(String name, String text) {}

    /** At least one mistake, in the order in which the settings are read. */
    public List<Mistake> mistakes() {
        return mistakes;
    }
}
