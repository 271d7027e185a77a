# One image for the worker and the desk; docker-compose.yml says which of them a container is.
# The digest is that of all platforms together; with another version: docker buildx imagetools inspect node:<version>.
FROM node:20.20.2-bookworm-slim@sha256:2cf067cfed83d5ea958367df9f966191a942351a2df77d6f0193e162b5febfc0 AS build
WORKDIR /app
COPY package.json package-lock.json ./
# Nothing we use needs its install script, and our own `prepare` has no sources to build yet.
RUN npm ci --ignore-scripts --no-audit --no-fund
COPY . .
RUN npm run build

FROM node:20.20.2-bookworm-slim@sha256:2cf067cfed83d5ea958367df9f966191a942351a2df77d6f0193e162b5febfc0 AS packages
WORKDIR /app
COPY package.json package-lock.json ./
COPY tools/leave-out.mjs tools/
RUN npm ci --omit=dev --ignore-scripts --no-audit --no-fund && node tools/leave-out.mjs

# Debian, not Alpine: Temporal's native core is built for glibc. It reads the system's certificates.
FROM node:20.20.2-bookworm-slim@sha256:2cf067cfed83d5ea958367df9f966191a942351a2df77d6f0193e162b5febfc0
RUN apt-get update \
  && apt-get install -y --no-install-recommends ca-certificates \
  && rm -rf /var/lib/apt/lists/*
WORKDIR /app
COPY --from=packages /app/node_modules node_modules
COPY --from=build /app/dist dist
COPY package.json LICENSE ./
COPY activities/prompts activities/prompts
COPY desk/static desk/static
COPY offline/openai/samples offline/openai/samples
COPY accounts accounts
# A new named volume takes over the owner of the folder that it is mounted on.
RUN ln -s /app/dist/command/copydesk.js /usr/local/bin/copydesk \
  && mkdir /data \
  && chown node:node /data
ENV NODE_ENV=production COPYDESK_DATA=/data GLIBC_TUNABLES=glibc.malloc.arena_max=2:glibc.malloc.mmap_threshold=131072:glibc.malloc.trim_threshold=131072
VOLUME /data
USER node
EXPOSE 8300
CMD ["node", "dist/workers/worker.js"]
