# The service with its pages and its command line; data lives in the volume at /data.
FROM node:24-bookworm-slim AS build
WORKDIR /app
COPY package.json package-lock.json .npmrc ./
RUN npm ci --no-audit --no-fund
COPY tsconfig.json tsconfig.build.json nest-cli.json ./
COPY scripts/bundle.mjs ./scripts/
COPY src ./src
COPY web ./web
# The lock names packages of every platform; those for another C library are of no use here.
RUN npm run build && npm prune --omit=dev && rm -rf node_modules/*/*-musl

FROM node:24-bookworm-slim
ENV NODE_ENV=production \
    TOLLBOOK_LOG=embedded:/data
WORKDIR /app
COPY --from=build /app/package.json ./
COPY --from=build /app/node_modules ./node_modules
COPY --from=build /app/dist ./dist
COPY --from=build /app/web/dist ./web/dist
COPY sample ./sample
RUN mkdir /data && chown node:node /data
USER node
VOLUME /data
EXPOSE 4711
# Alive is enough here: an instance whose log is away must not be killed for it.
HEALTHCHECK --interval=10s --timeout=5s --start-period=40s --retries=3 \
  CMD ["node", "--eval", "fetch(`http://127.0.0.1:${process.env.TOLLBOOK_PORT ?? 4711}/health/live`).then(({ ok }) => process.exit(ok ? 0 : 1), () => process.exit(1))"]
# Not through npm, which would not hand the signal to stop on to the service.
CMD ["node", "--max-semi-space-size=64", "dist/main.js"]
