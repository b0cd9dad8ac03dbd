/**
 * Usage: npm start. Brings up PostgreSQL, the vendors' sandbox and the service, sets an org up as its admin would and
 * shows the first sync. Runs until Ctrl-C and leaves nothing running behind.
 */
import { mkdir, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { prepareVendor } from '../sandbox/lightning/bundle/bundler.ts';
import { openPostgres } from './postgres.ts';
import {
  createLeadUrl,
  connect,
  getStarted,
  map,
  offerOnRecordPages,
  registerHooks,
  scheduleContinuously,
  selectEverybody,
  trackMappedFields,
} from './demo/setup.ts';
import type { CustomPair, Org } from './demo/setup.ts';
import { seedActiveCampaign, workInActiveCampaign } from './demo/marketer.ts';
import { failureOf, follow, settledRuns, startRun, type Direction, type Run } from './demo/runs.ts';
import { summarise } from './demo/summary.ts';
import { ChildDied } from './stack/child.ts';
import { Closing } from './stack/closing.ts';
import { CallFailed } from './stack/http.ts';
import { interruption } from './stack/interruption.ts';
import { choosePorts, PortError } from './stack/ports.ts';
import { recreateSchema } from './stack/schema.ts';
import { addressesOf, startSandbox, startService, whenOneDies, type Addresses } from './stack/stack.ts';
import { credentials, Vendors } from './stack/vendors.ts';

const DATA = join(import.meta.dirname, '..', '.data');
const LOGS = join(DATA, 'logs');
const COMPONENTS = join(import.meta.dirname, '../force-app/main/default/lwc');
const DEMO_FILE = join(DATA, 'demo.json');
/** A schema of the demo's own: it is dropped at every start, and nothing else may be. */
const SCHEMA = 'syncline_demo';

/** Beside the default ones: a text field, and an amount of money that the platform keeps as text. */
const CUSTOM_PAIRS: readonly CustomPair[] = [
  { object: 'Lead', salesforce: 'Title', platform: 'Job Title' },
  { object: 'Contact', salesforce: 'Title', platform: 'Job Title' },
  { object: 'Lead', salesforce: 'AnnualRevenue', platform: 'Annual Revenue' },
];

const startedAt = performance.now();

function say(text: string): void {
  const seconds = ((performance.now() - startedAt) / 1000).toFixed(1).padStart(5);
  console.log(`${seconds} s  ${text}`);
}

/** Everything from nothing to the first records in sync; then lasts until one of the processes dies, which it reports. */
async function demo(closing: Closing): Promise<never> {
  const ports = await choosePorts(process.env);
  const addresses = addressesOf(ports);
  await rm(DEMO_FILE, { force: true });

  say('PostgreSQL and the sandbox start');
  // Meanwhile, and in this process, which mostly waits: the first Lightning page then opens at once.
  const preparing = prepareVendor(COMPONENTS);
  const starting = startSandbox({ ports, logs: LOGS, closing, environment: { SANDBOX_SEED: '1' } });
  const opening = openPostgres();
  closing.add(() => opening.then((postgres) => postgres.stop()));
  const [{ url }, sandbox] = await Promise.all([opening, starting, preparing]);
  await recreateSchema(url, SCHEMA);

  say('the service starts');
  const service = await startService({ ports, logs: LOGS, closing, database: { url, schema: SCHEMA } });
  const death = whenOneDies([sandbox, service]);
  await Promise.race([death, present(addresses)]);
  return death;
}

/** Sets the org up and shows its first sync. */
async function present(addresses: Addresses): Promise<void> {
  const vendors = new Vendors(addresses);
  const contacts = await seedActiveCampaign(vendors);
  const { records } = (await vendors.stats()).salesforce;
  say(
    `Salesforce has ${records['Lead']} leads, ${records['Contact']} contacts, ${records['Account']} accounts; ` +
      `ActiveCampaign has ${contacts} contacts, most of them the same people with other details`,
  );

  say('setup: Salesforce by OAuth in a browser window, ActiveCampaign by its key');
  const org = await connect(addresses, vendors, getStarted);
  // The vendor's window of one second, for the calls of seeding and connecting: the service's pace counts only its own.
  await delay(1000);
  say('setup: mapping, selection, schedule, webhooks');
  // All programs share ActiveCampaign's pace: a batch that begins by itself would have the edits below wait for minutes.
  await scheduleContinuously(org.api, { paused: true });
  await map(org.api, { accounts: true, custom: CUSTOM_PAIRS });
  await trackMappedFields(vendors);
  await selectEverybody(org.api);
  await offerOnRecordPages(org.api);
  await registerHooks(org.api);

  await run(org, 'outbound');
  const { edited, requested } = await workInActiveCampaign(vendors, await createLeadUrl(org.api));
  say(
    `in ActiveCampaign, ${edited} phone numbers are corrected and ${requested} contacts are sent to Salesforce as leads`,
  );
  await run(org, 'inbound');
  await scheduleContinuously(org.api, { paused: false });
  const runs = await settledRuns(org.api);

  for (const line of await summarise({ api: org.api, vendors, runs })) console.log(line);
  await writeDemoFile(addresses, org);
  for (const line of whatToOpen(addresses)) console.log(line);
}

async function run(org: Org, direction: Direction): Promise<void> {
  const { id } = await startRun(org.api, direction);
  const ended = await follow(org.api, id, { tell: (run) => say(progressOf(run)) });
  const failure = failureOf(ended);
  if (failure !== null) say(failure);
}

function progressOf({ direction, state, stage, counts, calls }: Run): string {
  if (state === 'queued') return `${direction} run: waits for its turn`;
  const done = counts.created + counts.updated + counts.linked;
  const numbers =
    `${counts.observed.salesforce} read in Salesforce, ${counts.observed.platform} in ActiveCampaign, ` +
    `${done} written, ${calls.salesforce} + ${calls.platform} calls`;
  return `${direction} run: ${state === 'running' ? (stage ?? 'starting').replaceAll('_', ' ') : state} (${numbers})`;
}

/** What a program needs that wants to drive the demo. */
async function writeDemoFile(addresses: Addresses, { token, connections }: Org): Promise<void> {
  const content = {
    serviceUrl: addresses.service,
    orgToken: token,
    connections,
    salesforce: { url: addresses.salesforce, token: credentials.salesforceToken },
    activecampaign: { url: addresses.activecampaign, key: credentials.activecampaignKey },
  };
  await writeFile(DEMO_FILE, `${JSON.stringify(content, null, 2)}\n`, { mode: 0o600 });
}

function whatToOpen({ service, salesforce, activecampaign }: Addresses): string[] {
  return [
    '',
    `Lightning       ${salesforce}/lightning  password ${credentials.password}`,
    `                ${credentials.admin}  sets the sync up`,
    `                ${credentials.rep}  works with synced records`,
    `                ${credentials.guest}  has none of the package's permissions`,
    '',
    `Service         ${service}/docs  the org's token is in .data/demo.json`,
    `Salesforce      ${salesforce}/services  access token ${credentials.salesforceToken}`,
    `ActiveCampaign  ${activecampaign}/api/3  Api-Token: ${credentials.activecampaignKey}`,
    'Logs            .data/logs',
    '',
    "The sandbox keeps its records in memory, so the next start begins anew: new records, and the demo's tables emptied.",
    'Running. Ctrl-C stops everything.',
  ];
}

const closing = new Closing();
let exitCode = 0;
try {
  await mkdir(LOGS, { recursive: true });
  const end = await Promise.race([interruption(), demo(closing)]);
  console.log(`\n${end}: stopping…`);
} catch (error) {
  const isExpected = error instanceof PortError || error instanceof ChildDied || error instanceof CallFailed;
  console.error(isExpected ? error.message : error);
  exitCode = 1;
}
await closing.all();
if (exitCode === 0) console.log('Everything has stopped.');
// What was under way when the end came may still wait for an answer.
process.exit(exitCode);
