import { join } from 'node:path';
import formbody from '@fastify/formbody';
import type { FastifyError, FastifyInstance } from 'fastify';
import { ZodError } from 'zod';
import { html } from '../common/html.ts';
import type { Html } from '../common/html.ts';
import type { LiveApex } from '../salesforce/apex/run/live.ts';
import type { ApexUsers } from '../salesforce/apex/run/users.ts';
import type { Identity } from '../salesforce/identity/identity.ts';
import type { SandboxOrg } from '../salesforce/org/org.ts';
import { Bundler, VENDOR_CACHE } from './bundle/bundler.ts';
import type { OrgFacts } from './bundle/org-modules.ts';
import { SourceError } from './bundle/source-error.ts';
import { readPackageUi } from './metadata/package-ui.ts';
import type { PackageUi } from './metadata/package-ui.ts';
import { fieldAt } from './records/ui-record.ts';
import { registerAssets } from './routes/assets.ts';
import { registerComponentDoors } from './routes/components.ts';
import { registerHome } from './routes/home.ts';
import { registerObjects } from './routes/objects.ts';
import { registerSetup } from './routes/setup.ts';
import { demandSameOrigin } from './shell/same-origin.ts';

export interface LightningSettings {
  /** The folder for what is built once; beside the dependencies by default. */
  readonly cache?: string;
  /** Told in one line each what is being built. */
  readonly say?: (text: string) => void;
}

export interface LightningOptions extends LightningSettings {
  readonly org: SandboxOrg;
  readonly identity: Identity;
  readonly people: ApexUsers;
  readonly live: LiveApex;
  /** The package's `force-app/main/default`. */
  readonly folder: string;
}

/**
 * The org's pages for people under `/lightning`: App Launcher, lists, records, app pages, permission sets. They show the
 * package's Lightning web components where its metadata puts them, and do everything as the user who is logged in.
 */
export function registerLightning(app: FastifyInstance, options: LightningOptions): void {
  const { org, live, folder, cache = VENDOR_CACHE, say = () => {} } = options;
  const ui = readPackageUi(folder);
  const bundler = new Bundler({ facts: factsOf(org, live, ui, folder), cache, say });
  const shell = { ...options, ui, bundler };
  app.register(async (pages) => {
    await pages.register(formbody);
    pages.addHook('onRequest', demandSameOrigin);
    pages.setErrorHandler(async (error: FastifyError, request, reply) => {
      const status = error instanceof ZodError ? 400 : (error.statusCode ?? 500);
      if (error instanceof SourceError) say(`Lightning: ${error.message}`);
      else if (status >= 500) console.error(error);
      const isPage = request.headers.accept?.includes('text/html') === true;
      if (!isPage) return reply.code(status).send({ message: error.message });
      return reply.code(status).type('text/html; charset=utf-8').send(errorPage(error.message).text);
    });
    registerAssets(pages, shell);
    registerHome(pages, shell);
    registerObjects(pages, shell);
    registerSetup(pages, shell);
    registerComponentDoors(pages, shell);
  });
}

/** For whoever works on the package: what keeps a page from being shown, such as a component that does not compile. */
function errorPage(message: string): Html {
  return html`<!doctype html>
    <html lang="en">
      <meta charset="utf-8" /><title>Error</title>
      <h1>This page cannot be shown</h1>
      <pre>${message}</pre>
    </html>`;
}

function factsOf(org: SandboxOrg, live: LiveApex, ui: PackageUi, folder: string): OrgFacts {
  return {
    folder: join(folder, 'lwc'),
    hasLabel: (name) => ui.words.en.labels.has(name),
    hasSchema: (name, path) => {
      const object = org.schema.object(name);
      return (
        object !== undefined && (path.length === 0 || fieldAt(org, undefined, object, path) !== undefined)
      );
    },
    auraMethod: (className, methodName) => live.componentMethod(className, methodName),
  };
}
