# Builds with the compiler and the tools that better-sqlite3 needs where no prebuilt binary can be fetched; runs without either.
FROM node:20-bookworm AS build
RUN apt-get update \
 && apt-get install -y --no-install-recommends python3 make g++ \
 && rm -rf /var/lib/apt/lists/*
WORKDIR /app
COPY package.json package-lock.json .npmrc tsconfig.json tsconfig.build.json ./
COPY scripts ./scripts
COPY src ./src
COPY bench ./bench
# Generated pages are written from what their tests play, and the long load starts PostgreSQL as the tests do.
COPY test ./test
COPY intents ./intents
COPY LICENSE ./
# Installing compiles the bot, checks the content and trains the classifier (the "prepare" script). Packing keeps what is
# needed at run time: a tenth of what is installed.
RUN npm ci --no-audit --no-fund \
 && node scripts/pack.mjs /image

FROM node:20-bookworm-slim
ENV NODE_ENV=production HOST=0.0.0.0 PORT=3978 DATA_DIR=/data
WORKDIR /app
# The code belongs to root: the bot can write to its data folder and nowhere else.
RUN mkdir /data && chown node:node /data
COPY --from=build /image ./
# By number, so that Kubernetes can tell that it is not root.
USER 1000:1000
VOLUME /data
EXPOSE 3978
HEALTHCHECK --interval=30s --timeout=5s --start-period=10s \
  CMD ["node", "-e", "fetch(`http://127.0.0.1:${process.env.PORT}/healthz`).then((r) => process.exit(r.ok ? 0 : 1), () => process.exit(1))"]
CMD ["node", "dist/src/main.js"]
