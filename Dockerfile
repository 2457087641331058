# syntax=docker/dockerfile:1
# docker build -t gatehouse:0.1.0 .                          the gateway, and the simulator as a second program in the same image
# docker build -t gatehouse-silo:0.1.0 --target silo .       the Orleans host; its packages do not restore from every registry
#
# Without keys, a route and credentials the image does not start: it is Production. docs/deployment.md says what to set.

FROM --platform=$BUILDPLATFORM mcr.microsoft.com/dotnet/sdk:10.0-noble AS sources
ARG TARGETARCH
WORKDIR /source
# What decides the packages comes first: they are restored again only when one of these files has changed.
COPY Directory.Build.props Directory.Packages.props .editorconfig ./
COPY Api/Api.csproj Api/
COPY src/Gatehouse.Actors/Gatehouse.Actors.csproj src/Gatehouse.Actors/
COPY src/Gatehouse.Gateway/Gatehouse.Gateway.csproj src/Gatehouse.Gateway/
COPY src/Gatehouse.Genesys/Gatehouse.Genesys.csproj src/Gatehouse.Genesys/
COPY src/Gatehouse.Inspection/Gatehouse.Inspection.csproj src/Gatehouse.Inspection/
COPY src/Gatehouse.Simulator/Gatehouse.Simulator.csproj src/Gatehouse.Simulator/
COPY src/Gatehouse.Storage/Gatehouse.Storage.csproj src/Gatehouse.Storage/
RUN dotnet restore Api/Api.csproj -a $TARGETARCH
COPY src/ src/
# An empty folder to give to the image: it has no shell that could make one.
RUN mkdir /data

FROM sources AS build
COPY Api/ Api/
RUN dotnet publish Api/Api.csproj -a $TARGETARCH --no-restore -c Release -o /app \
    -p:UseAppHost=false -p:PublishDocumentationFiles=false -p:PublishReferencesDocumentationFiles=false -p:ContinuousIntegrationBuild=true

FROM sources AS build-silo
COPY Silo/ Silo/
RUN dotnet publish Silo/Silo.csproj -a $TARGETARCH -c Release -o /app \
    -p:UseAppHost=false -p:PublishDocumentationFiles=false -p:PublishReferencesDocumentationFiles=false -p:ContinuousIntegrationBuild=true

# No shell, no package manager. "extra" brings ICU: without it .NET leaves file names as they come instead of normalizing them, and says nothing.
FROM mcr.microsoft.com/dotnet/aspnet:10.0-noble-chiseled-extra AS runtime
ENV DOTNET_SYSTEM_GLOBALIZATION_INVARIANT=false \
    ASPNETCORE_HTTP_PORTS="" \
    Urls=http://0.0.0.0:8080 \
    Data__Directory=/data
COPY --from=sources --chown=1654:1654 /data /data
VOLUME /data
WORKDIR /app
EXPOSE 8080
# The user "app" of the base image, by number: a supervisor that demands a user other than root can tell only so.
USER 1654:1654

FROM runtime AS silo
COPY --from=build-silo /app ./
ENTRYPOINT ["dotnet", "/app/Silo.dll"]

FROM runtime AS gateway
COPY --from=build /app ./
HEALTHCHECK --interval=30s --timeout=10s --start-period=30s --start-interval=5s --retries=3 CMD ["dotnet", "/app/Api.dll", "health"]
ENTRYPOINT ["dotnet", "/app/Api.dll"]
