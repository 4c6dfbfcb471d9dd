package io.replaylinker.runtime.settings;

/** A topic that is read, and its format. */
public record SourceTopic(String topic, SourceFormat format) {

    @Override
    public String toString() {
        return topic + ":" + ValueTypes.settingName(format).replace('_', '-');
    }
}
