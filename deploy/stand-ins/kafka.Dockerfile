# A stand-in for Kafka's image that has a broker but not the shell tools of the real one: see the script beside this file.
FROM apache/kafka:4.3.1
COPY kafka-tools.jar /opt/kafka/libs/
COPY kafka-tool /opt/kafka/bin/kafka-topics.sh
COPY kafka-tool /opt/kafka/bin/kafka-console-producer.sh
COPY kafka-tool /opt/kafka/bin/kafka-console-consumer.sh
