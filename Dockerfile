# One image, one process: `coop serve`. Every package is checked against requirements.lock by its hash.
# In production pin the base image by digest (docker buildx imagetools inspect python:3.11-slim).
FROM python:3.11-slim AS build
ENV PIP_NO_CACHE_DIR=1 PIP_DISABLE_PIP_VERSION_CHECK=1
WORKDIR /src
COPY requirements.lock ./
RUN pip download --quiet --no-deps --require-hashes --only-binary :all: \
      --dest /wheels --requirement requirements.lock
COPY pyproject.toml README.md LICENSE ./
COPY migrations ./migrations
COPY templates ./templates
COPY coop ./coop
# The build backend comes from the checked wheels too; from here on nothing asks the network.
RUN python -m venv /backend \
 && /backend/bin/pip install --quiet --no-index --find-links /wheels hatchling \
 && /backend/bin/pip wheel --quiet --no-index --no-deps --no-build-isolation --wheel-dir /wheels . \
 && python -m venv /opt/coop \
 && /opt/coop/bin/pip install --quiet --no-index --find-links /wheels abhrak \
 && /opt/coop/bin/pip uninstall --quiet --yes setuptools pip

FROM python:3.11-slim
RUN useradd --uid 10001 --create-home --home-dir /var/lib/coop --shell /usr/sbin/nologin coop
COPY --from=build /opt/coop /opt/coop
ENV PATH=/opt/coop/bin:$PATH \
    PYTHONDONTWRITEBYTECODE=1 \
    PYTHONUNBUFFERED=1 \
    COOP_HOME=/var/lib/coop
USER coop
WORKDIR /var/lib/coop
# Keys, role passwords and, unless COOP_DATABASE_URL is given, the database itself.
VOLUME /var/lib/coop
EXPOSE 8000
STOPSIGNAL SIGTERM
HEALTHCHECK --interval=30s --timeout=5s --start-period=60s \
  CMD ["python", "-c", "import os, urllib.request as u; u.urlopen(f\"http://127.0.0.1:{os.environ.get('PORT', '8000')}/health\", timeout=4)"]
# Reached by others, it starts only with COOP_PUBLIC_URL=https://... and COOP_TRUSTED_PROXY (the proxy
# that ends TLS).
ENTRYPOINT ["coop"]
CMD ["serve", "--host", "0.0.0.0"]
