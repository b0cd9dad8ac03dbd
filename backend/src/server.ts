import closeWithGrace from 'close-with-grace';
import { buildApp } from './app.ts';
import { ConfigError, loadConfig } from './config.ts';
import { VaultError } from './lib/vault.ts';
import { SchemaVersionError } from './store/migrate.ts';

/** Runs the service until it is told to stop; running requests are finished first. */
try {
  const config = loadConfig(process.env);
  const app = await buildApp(config);
  closeWithGrace({ delay: 15_000, logger: false }, async ({ err }) => {
    if (err) app.log.fatal({ err }, 'the service fails and stops');
    await app.close();
  });
  await app.listen({ host: config.host, port: config.port });
} catch (error) {
  const isExpected =
    error instanceof ConfigError || error instanceof VaultError || error instanceof SchemaVersionError;
  console.error(isExpected ? error.message : error);
  process.exit(1);
}
