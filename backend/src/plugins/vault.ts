import fp from 'fastify-plugin';
import { Vault } from '../lib/vault.ts';
import { createKeyStore } from '../store/data-keys.ts';

declare module 'fastify' {
  interface FastifyInstance {
    vault: Vault;
  }
}

/** What seals and opens secrets. Does not start with a wrong or missing master key. */
export default fp(
  async (app) => {
    const vault = new Vault(app.config.masterKeys, createKeyStore(app.database));
    await vault.verify();
    const rewrapped = await vault.rewrap();
    if (rewrapped > 0) app.log.info({ tenants: rewrapped }, 'data keys moved to the current master key');
    app.decorate('vault', vault);
  },
  { name: 'vault', dependencies: ['postgres'] },
);
