package io.replaylinker.benchmarks.join;

import io.replaylinker.embedded.ChildJvm;
import io.replaylinker.embedded.TopicCreation;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AdminClientConfig;

/** The broker of a benchmark, seen from the process that runs the benchmark. It ends when that one does, however it ends. */
public final class BrokerProcess implements AutoCloseable {

    private final ChildJvm child;
    private final String bootstrapServers;

    private BrokerProcess(ChildJvm child, String bootstrapServers) {
        this.child = child;
        this.bootstrapServers = bootstrapServers;
    }

    /**
     * Starts it.
     *
     * @param folder for its topics and its log
     */
    public static BrokerProcess start(Path folder) throws IOException {
        ChildJvm child = ChildJvm.start(
                ChildOptions.jvm("-Xmx1g", "-Djava.io.tmpdir=" + folder),
                ChildOptions.classPath(),
                BrokerMain.class,
                List.of(),
                folder.resolve("broker.log"));
        String line = child.readLine();
        if (line == null || !line.startsWith(BrokerMain.READY)) {
            child.close();
            throw new IOException("the broker did not start; see " + folder.resolve("broker.log"));
        }
        return new BrokerProcess(child, line.substring(BrokerMain.READY.length()));
    }

    public String bootstrapServers() {
        return bootstrapServers;
    }

    long pid() {
        return child.pid();
    }

    public void createTopics(Collection<String> names, int partitions) {
        names.forEach(name -> TopicCreation.createTopic(bootstrapServers, name, partitions, Map.of()));
    }

    /** Deletes every topic whose name starts so, so that the disk does not fill up and nothing is cleaned behind the next trial. */
    void deleteTopics(String prefix) throws InterruptedException {
        try (Admin admin = Admin.create(Map.of(AdminClientConfig.BOOTSTRAP_SERVERS_CONFIG, bootstrapServers))) {
            List<String> names = admin.listTopics().names().get().stream()
                    .filter(name -> name.startsWith(prefix))
                    .toList();
            admin.deleteTopics(names).all().get();
        } catch (ExecutionException e) {
            throw new IllegalStateException("topics of " + prefix + " could not be deleted: " + e.getMessage(), e);
        }
    }

    @Override
    public void close() {
        child.close();
    }
}
