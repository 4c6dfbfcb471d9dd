package io.replaylinker.serdes.avro;

import java.io.IOException;
import java.net.MalformedURLException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.function.UnaryOperator;

/**
 * Confluent's own serdes, out of a jar that the build puts beside the classes. Alone they run on the Kafka and Avro that come with
 * them, in a class loader that knows nothing of ours: bytes go in and bytes come out. Beside ours they run as they do for a user who
 * puts them on the class path.
 */
final class ConfluentOracle implements AutoCloseable {

    static final String DESERIALIZER = "io.confluent.kafka.serializers.KafkaAvroDeserializer";
    static final String SERIALIZER = "io.confluent.kafka.serializers.KafkaAvroSerializer";

    private static final Path JAR = Path.of("target/oracle/confluent-serdes.jar");

    private final URLClassLoader loader;

    private ConfluentOracle(URLClassLoader loader) {
        this.loader = loader;
    }

    /** With nothing of ours but the two probes. */
    static ConfluentOracle alone() {
        URL ours = ConfluentOracle.class.getProtectionDomain().getCodeSource().getLocation();
        return new ConfluentOracle(new URLClassLoader(new URL[] {jar(), ours}, ClassLoader.getPlatformClassLoader()));
    }

    /** On our Kafka and our Avro. */
    static ConfluentOracle onOurClassPath() {
        return new ConfluentOracle(new URLClassLoader(new URL[] {jar()}, ConfluentOracle.class.getClassLoader()));
    }

    private static URL jar() {
        if (!Files.isRegularFile(JAR)) {
            throw new IllegalStateException(JAR.toAbsolutePath() + " is missing; run through Maven, which fetches it");
        }
        try {
            return JAR.toUri().toURL();
        } catch (MalformedURLException e) {
            throw new IllegalStateException(e);
        }
    }

    ClassLoader loader() {
        return loader;
    }

    /** Their serializer: Avro binary of the schema to a record's value. */
    UnaryOperator<byte[]> writer(Map<String, Object> settings, String topic, String schema) {
        return probe(
                "ConfluentWriter", new Class<?>[] {Map.class, String.class, String.class}, settings, topic, schema);
    }

    /** Their deserializer: a record's value to the Avro binary of what they read. */
    UnaryOperator<byte[]> reader(Map<String, Object> settings, String topic) {
        return probe("ConfluentReader", new Class<?>[] {Map.class, String.class}, settings, topic);
    }

    @SuppressWarnings("unchecked")
    private UnaryOperator<byte[]> probe(String name, Class<?>[] types, Object... arguments) {
        Thread thread = Thread.currentThread();
        ClassLoader before = thread.getContextClassLoader();
        thread.setContextClassLoader(loader);
        try {
            Class<?> type = loader.loadClass(ConfluentOracle.class.getPackageName() + "." + name);
            return (UnaryOperator<byte[]>) type.getConstructor(types).newInstance(arguments);
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException(e);
        } finally {
            thread.setContextClassLoader(before);
        }
    }

    @Override
    public void close() throws IOException {
        loader.close();
    }
}
