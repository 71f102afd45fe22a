# One image for web, worker and relay; the command says which. docker-compose.yml shows the whole arrangement.

FROM python:3.11-slim AS build
ENV PIP_NO_CACHE_DIR=1 PIP_DISABLE_PIP_VERSION_CHECK=1
WORKDIR /src
RUN python -m venv /opt/comments
# The pins first: as long as they don't change, their layer is reused.
COPY requirements/server.txt requirements/server.txt
RUN /opt/comments/bin/pip install --require-hashes --only-binary=:all: -r requirements/server.txt
COPY pyproject.toml README.md LICENSE ./
COPY classifier classifier
COPY comments_service comments_service
RUN /opt/comments/bin/pip install --no-deps --no-build-isolation .

FROM python:3.11-slim
RUN groupadd --gid 10001 comments \
    && useradd --uid 10001 --gid comments --no-create-home --home-dir /data --shell /usr/sbin/nologin comments \
    && install --directory --owner comments --group comments --mode 700 /data
COPY --from=build /opt/comments /opt/comments
# What is compiled was compiled at build time: the container runs on a read-only file system.
ENV PATH=/opt/comments/bin:$PATH \
    PYTHONDONTWRITEBYTECODE=1 \
    PYTHONUNBUFFERED=1 \
    COMMENTS_DATA_DIR=/data \
    COMMENTS_HOST=0.0.0.0 \
    COMMENTS_PORT=8080 \
    COMMENTS_LOG_FORMAT=json
USER 10001:10001
VOLUME /data
EXPOSE 8080
ENTRYPOINT ["comments-service"]
CMD ["run"]
