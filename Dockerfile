# The worker. The first stage builds it from the sources, so that a machine needs nothing but Docker; the second holds
# a Java runtime, the worker and the libraries it runs on. docs/adr/0009-worker-image.md has the reasons.

FROM eclipse-temurin:17-jdk AS build
RUN apt-get update && apt-get install -y --no-install-recommends maven && rm -rf /var/lib/apt/lists/*
WORKDIR /src
COPY . .
# Formatting, static analysis and tests are checked by mvn verify. Installed, because the second command asks for the
# modules by name, outside the build of all.
RUN mvn -B -ntp -q -pl tools -am -Dmaven.test.skip=true -Dspotless.check.skip=true -Dmdep.skip=true \
        -Dmdep.analyze.skip=true -DfailOnWarning=false install \
    && mvn -B -ntp -q -pl tools -DincludeScope=runtime -DoutputDirectory=/dist dependency:copy-dependencies \
    && cp tools/target/tools-*.jar /dist/

FROM eclipse-temurin:17-jre
LABEL org.opencontainers.image.title="replay-linker" \
      org.opencontainers.image.description="Ties session replays to the backend events behind them." \
      org.opencontainers.image.licenses="Apache-2.0"
COPY LICENSE /opt/replay-linker/
COPY --from=build /dist /opt/replay-linker/lib
# Logs of one-shot commands go to where the native libraries are unpacked; run logs to the console.
# Health, metrics and the status page are for others than the container itself; who reaches the port is the network's matter.
ENV REPLAY_LINKER_CACHE=/tmp/replay-linker \
    REPLAY_LINKER_HTTP_BIND=0.0.0.0
EXPOSE 8080
# By number, so that Kubernetes can tell that it is not root.
USER 10001:10001
# The state of the join is on the heap, so that gets most of the container's memory. The rest is for classes, compiled code, threads and
# network buffers.
ENTRYPOINT ["java", "-XX:MaxRAMPercentage=75", "-XX:+ExitOnOutOfMemoryError", \
    "-cp", "/opt/replay-linker/lib/*", "io.replaylinker.tools.Main"]
CMD ["run"]
