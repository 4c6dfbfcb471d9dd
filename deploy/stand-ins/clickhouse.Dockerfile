# A stand-in, not ClickHouse's image: see the script beside this file.
FROM eclipse-temurin:17-jre
COPY probe /usr/local/bin/wget
COPY libchdb.so /opt/stand-in/libchdb.so
COPY libs /opt/stand-in/libs
COPY classes /opt/stand-in/classes
EXPOSE 8123
VOLUME /var/lib/clickhouse
# The variables are the real image's own.
ENTRYPOINT ["sh", "-c", "exec java -Xmx1g -Dsun.net.httpserver.nodelay=true -cp '/opt/stand-in/classes:/opt/stand-in/libs/*' io.replaylinker.embedded.engine.EngineServer --library=/opt/stand-in/libchdb.so --data=/var/lib/clickhouse --host=0.0.0.0 --port=8123 --user=\"${CLICKHOUSE_USER:-default}\" --password=\"${CLICKHOUSE_PASSWORD:-}\" --database=\"${CLICKHOUSE_DB:-}\" --until=signal"]
