package io.replaylinker.serdes.avro;

import io.replaylinker.serdes.registry.SettingsReader;
import java.util.Arrays;
import java.util.Objects;
import org.apache.avro.Schema;

/** Confluent's three strategies for the subject of a schema, by class name with or without the package. */
enum SubjectNames {
    TopicNameStrategy {
        @Override
        String subject(String topic, boolean isKey, Schema schema) {
            return topic + (isKey ? "-key" : "-value");
        }
    },
    RecordNameStrategy {
        @Override
        String subject(String topic, boolean isKey, Schema schema) {
            return schema.getFullName();
        }
    },
    TopicRecordNameStrategy {
        @Override
        String subject(String topic, boolean isKey, Schema schema) {
            return topic + "-" + schema.getFullName();
        }
    };

    private static final String PACKAGE = "io.confluent.kafka.serializers.subject.";

    abstract String subject(String topic, boolean isKey, Schema schema);

    static SubjectNames read(SettingsReader reader, boolean isKey) {
        String name = (isKey ? "key" : "value") + ".subject.name.strategy";
        String given = Objects.requireNonNullElse(reader.text(name), TopicNameStrategy.name());
        String simple = given.startsWith(PACKAGE) ? given.substring(PACKAGE.length()) : given;
        for (SubjectNames strategy : values()) {
            if (strategy.name().equals(simple)) {
                return strategy;
            }
        }
        reader.mistake(name, "must be one of " + Arrays.toString(values()) + ", not '" + given + "'");
        return TopicNameStrategy;
    }
}
