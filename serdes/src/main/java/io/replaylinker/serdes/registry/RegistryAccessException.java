package io.replaylinker.serdes.registry;

import org.apache.kafka.common.config.ConfigException;

/** The registry rejects the credentials. The settings are wrong, never a record. */
public final class RegistryAccessException extends ConfigException {

    public RegistryAccessException(String message) {
        super(message);
    }
}
