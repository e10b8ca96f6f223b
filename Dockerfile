# syntax=docker/dockerfile:1

FROM node:22-bookworm-slim AS styles
WORKDIR /pulje
COPY package.json package-lock.json .npmrc ./
RUN npm ci --omit=dev

FROM python:3.11-slim-bookworm AS build
RUN apt-get update && apt-get install -y --no-install-recommends gettext \
      libpango-1.0-0 libpangoft2-1.0-0 libharfbuzz-subset0
WORKDIR /pulje
RUN python -m venv .venv
COPY requirements/runtime.txt requirements/
RUN .venv/bin/pip install --no-cache-dir --require-hashes --requirement requirements/runtime.txt
COPY . .
COPY --from=styles /pulje/node_modules node_modules
RUN find . -name '*.po' -not -path './.venv/*' -exec sh -c 'msgfmt -o "${0%.po}.mo" "$0"' {} ';' \
 && STATIC_MANIFEST=true .venv/bin/python manage.py collectstatic --no-input \
 && rm -rf node_modules

FROM python:3.11-slim-bookworm
RUN apt-get update \
 && apt-get install -y --no-install-recommends libpango-1.0-0 libpangoft2-1.0-0 libharfbuzz-subset0 \
 && rm -rf /var/lib/apt/lists/* \
 && useradd --create-home --uid 10001 pulje \
 && install -d -o pulje -g pulje /pulje/var/media
WORKDIR /pulje
COPY --from=build /pulje /pulje
ENV PATH=/pulje/.venv/bin:$PATH PYTHONUNBUFFERED=1 STATIC_MANIFEST=true MEDIA_ROOT=/pulje/var/media
USER pulje
EXPOSE 8000
CMD ["gunicorn", "config.wsgi:application", "--bind=0.0.0.0:8000", "--workers=3", "--worker-tmp-dir=/dev/shm", "--access-logfile=-"]
