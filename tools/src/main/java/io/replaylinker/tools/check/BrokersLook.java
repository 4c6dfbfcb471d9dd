package io.replaylinker.tools.check;

import io.replaylinker.worker.start.KafkaView;
import io.replaylinker.worker.start.Unanswered;
import io.replaylinker.worker.start.Units;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import org.apache.kafka.clients.admin.DescribeClusterResult;
import org.apache.kafka.common.Node;
import org.apache.kafka.common.config.ConfigResource;

/** Whether each broker can be reached by the address that it advertises, and not only by the bootstrap address. */
final class BrokersLook implements KafkaLook {

    @Override
    public String subject() {
        return "brokers";
    }

    @Override
    public void look(KafkaView kafka, Findings findings) throws Unanswered, InterruptedException {
        DescribeClusterResult cluster = kafka.admin().describeCluster();
        Collection<Node> brokers = KafkaView.answer(cluster.nodes());
        List<String> away = new ArrayList<>();
        for (Node broker : brokers) {
            try {
                kafka.config(new ConfigResource(ConfigResource.Type.BROKER, broker.idString()));
            } catch (Unanswered e) {
                away.add("broker %s advertises %s:%d and does not respond there (%s)"
                        .formatted(broker.idString(), broker.host(), broker.port(), e.getMessage()));
            }
        }
        if (away.isEmpty()) {
            findings.ok(
                    subject(),
                    Units.count(brokers.size(), "broker") + " of the cluster " + KafkaView.answer(cluster.clusterId()));
        } else {
            findings.problem(
                    subject(),
                    String.join("; ", away),
                    "start it; or set the brokers' advertised.listeners to addresses that this machine can reach");
        }
    }
}
