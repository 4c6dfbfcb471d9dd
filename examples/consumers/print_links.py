#!/usr/bin/env python3
"""Prints a line for each link on the topic replay-links, and one for each link that is retracted.

    print_links.py BROKER REGISTRY [--topic TOPIC] [--exit]

Needs confluent-kafka, and Apache Avro's package avro (Debian: python3-confluent-kafka, python3-avro).
"""
import argparse
import io
import json
import urllib.request

import avro.io
import avro.schema
from confluent_kafka import OFFSET_BEGINNING, Consumer, KafkaError, KafkaException, TopicPartition


class LinkReader:
    """Reads values in Confluent's wire form: byte 0, the id of the schema in 4 bytes, Avro binary."""

    def __init__(self, registry):
        self.registry = registry.rstrip("/")
        self.readers = {}

    def read(self, value):
        schema_id = int.from_bytes(value[1:5], "big")
        if schema_id not in self.readers:
            with urllib.request.urlopen(f"{self.registry}/schemas/ids/{schema_id}") as answer:
                self.readers[schema_id] = avro.io.DatumReader(avro.schema.parse(json.load(answer)["schema"]))
        return self.readers[schema_id].read(avro.io.BinaryDecoder(io.BytesIO(value[5:])))


def line(verb, link, headers):
    # Times have the logical type timestamp-millis, so they are datetimes. Ids are 16 bytes; the headers have them as text.
    event = link["event"]
    at = event["timestamp_ms"].strftime("%Y-%m-%d %H:%M:%S.%f")[:-3]
    offset = (event["timestamp_ms"] - link["replay_started_ms"]).total_seconds()
    return (
        f"{verb:9} {event['type']} {headers['event_id'].decode()} of project {event['project_id']} at {at} UTC"
        f" is {offset:+.3f} s into replay {headers['replay_id'].decode()}, by {headers['method'].decode()}"
    )


def main():
    arguments = argparse.ArgumentParser(description="Prints the links on a topic.")
    arguments.add_argument("broker")
    arguments.add_argument("registry")
    arguments.add_argument("--topic", default="replay-links")
    arguments.add_argument("--exit", action="store_true", help="end with the topic, and do not wait for more")
    options = arguments.parse_args()

    consumer = Consumer(
        {
            "bootstrap.servers": options.broker,
            "group.id": "print-links",  # required by the client, and unused: partitions are assigned and nothing is committed
            "enable.auto.commit": False,
            "enable.partition.eof": True,
        }
    )
    partitions = consumer.list_topics(options.topic, timeout=10).topics[options.topic].partitions
    if not partitions:
        raise SystemExit(f"there is no topic {options.topic}")
    consumer.assign([TopicPartition(options.topic, number, OFFSET_BEGINNING) for number in partitions])

    reader = LinkReader(options.registry)
    # Of each link the version and whether it holds. A program that writes links down keeps the version in its rows instead.
    known = {}
    ended = set()
    while not (options.exit and len(ended) == len(partitions)):
        message = consumer.poll(1.0)
        if message is None:
            continue
        if message.error():
            if message.error().code() != KafkaError._PARTITION_EOF:
                raise KafkaException(message.error())
            ended.add(message.partition())
            continue
        link = reader.read(message.value())
        event = link["event"]
        # An issue-platform event (occurrence) may have the id of a transaction. The key of the record is the id of the replay.
        key = (message.key(), event["project_id"], event["event_id"], event["occurrence"])
        version, holds = known.get(key, (-1, False))
        if link["version"] <= version:
            continue  # a copy, or older than what is known
        known[key] = (link["version"], not link["deleted"])
        if not link["deleted"]:
            print(line("linked" if not holds else "revised", link, dict(message.headers())), flush=True)
        elif holds:  # a retraction may come for a link that never was
            print(line("retracted", link, dict(message.headers())), flush=True)
    consumer.close()


if __name__ == "__main__":
    main()
