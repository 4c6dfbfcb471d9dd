# A stand-in, not Apicurio's image: see the script beside this file.
FROM eclipse-temurin:25-jre
COPY probe /usr/local/bin/wget
COPY probe /usr/local/bin/curl
ADD apicurio-registry-app-all.tar.gz /opt/registry
WORKDIR /opt/registry
EXPOSE 8080
ENTRYPOINT ["java", "-Xmx512m", "-Dquarkus.http.host=0.0.0.0", "-Dquarkus.http.port=8080", "-jar", "quarkus-run.jar"]
