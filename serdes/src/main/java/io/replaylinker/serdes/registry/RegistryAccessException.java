package io.replaylinker.serdes.registry;

import org.apache.kafka.common.config.ConfigException;

/** The registry refuses our credentials. A matter of the settings, never of a record. */
public final class RegistryAccessException extends ConfigException {

    public RegistryAccessException(String message) {
        super(message);
    }
}
