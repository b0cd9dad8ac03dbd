import { start } from './start.ts';

/** Serves requests, and works on runs unless workers of their own do. */
await start(async (app) => {
  const { host, port, sync } = app.config;
  await app.listen({ host, port });
  if (sync.inServer) await app.startWorking();
});
