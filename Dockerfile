# The worker. The first stage builds it from the sources, so that a machine needs nothing but Docker; the second holds
# a Java runtime, the worker and the libraries it runs on. docs/adr/0009-worker-image.md has the reasons.

FROM eclipse-temurin:17-jdk AS build
RUN apt-get update && apt-get install -y --no-install-recommends maven && rm -rf /var/lib/apt/lists/*
WORKDIR /src
COPY . .
# Formatting, static analysis and tests are checked by mvn verify. Installed, because the second command asks for the
# modules by name, outside the build of all.
RUN mvn -B -ntp -q -pl worker -am -Dmaven.test.skip=true -Dspotless.check.skip=true -Dmdep.skip=true \
        -Dmdep.analyze.skip=true -DfailOnWarning=false install \
    && mvn -B -ntp -q -pl worker -DincludeScope=runtime -DoutputDirectory=/dist dependency:copy-dependencies \
    && cp worker/target/worker-*.jar /dist/

FROM eclipse-temurin:17-jre
LABEL org.opencontainers.image.title="replay-linker" \
      org.opencontainers.image.description="Ties session replays to the backend events behind them." \
      org.opencontainers.image.licenses="Apache-2.0"
RUN install -d -o 10001 -g 10001 /var/lib/replay-linker
COPY LICENSE /opt/replay-linker/
COPY --from=build /dist /opt/replay-linker/lib
# RocksDB takes and frees memory from many threads; with glibc's default number of arenas the process grows without end.
# Logs of one-shot commands go to where the native libraries are unpacked; run logs to the console.
# Health, metrics and the status page are for others than the container itself; who reaches the port is the network's matter.
ENV MALLOC_ARENA_MAX=2 \
    REPLAY_LINKER_CACHE=/tmp/replay-linker \
    REPLAY_LINKER_HTTP_BIND=0.0.0.0
EXPOSE 8080
VOLUME /var/lib/replay-linker
# By number, so that Kubernetes can tell that it is not root.
USER 10001:10001
# Half of the container's memory is for the heap, the other half for RocksDB, network buffers and threads.
ENTRYPOINT ["java", "-XX:MaxRAMPercentage=50", "-XX:+ExitOnOutOfMemoryError", \
    "-cp", "/opt/replay-linker/lib/*", "io.replaylinker.worker.Main"]
CMD ["run"]
