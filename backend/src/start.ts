import closeWithGrace from 'close-with-grace';
import { buildApp, type App } from './app.ts';
import { ConfigError, loadConfig } from './config.ts';
import { collectSeldom } from './lib/heap.ts';
import { VaultError } from './lib/vault.ts';
import { DatabaseUnavailable } from './store/database.ts';
import { SchemaVersionError } from './store/migrate.ts';

/** Builds the service for this process and lets it begin. When told to stop, it finishes what is under way first. */
export async function start(begin: (app: App) => Promise<void>): Promise<void> {
  collectSeldom();
  try {
    const app = await buildApp(loadConfig(process.env));
    closeWithGrace({ delay: 15_000, logger: false }, async ({ err }) => {
      if (err) app.log.fatal({ err }, 'the service fails and stops');
      await app.close();
    });
    await begin(app);
  } catch (error) {
    const isExpected =
      error instanceof ConfigError ||
      error instanceof VaultError ||
      error instanceof SchemaVersionError ||
      error instanceof DatabaseUnavailable;
    console.error(isExpected ? error.message : error);
    process.exit(1);
  }
}
