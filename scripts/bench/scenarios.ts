import { createLeadUrl, type Org } from '../demo/setup.ts';
import { failureOf, follow, startRun, type Direction, type Run } from '../demo/runs.ts';
import type { Bed, Field } from './bed.ts';
import { editContacts, editLeads, listContacts, requestLeads } from './edits.ts';
import { measure, peakMemory, type Measurement } from './meter.ts';
import type { PlainJob } from './plain.ts';

/** One line of the report. */
export interface Result extends Measurement {
  readonly name: string;
  readonly direction: Direction;
  readonly latency: number;
  /** Records that the work was about. */
  readonly records: number;
  /** Whose speed the service's at the same work and latency is compared with. */
  readonly isPlain: boolean;
  /** Most memory of the service so far, in MB. */
  readonly peakMemory: number | null;
  readonly run: Run | null;
}

export interface Plan {
  readonly records: number;
  /** Milliseconds that each vendor call takes longer. */
  readonly latency: number;
  /** Told as soon as there is one. */
  readonly tell: (result: Result) => void;
}

/** What both the service and the plain script do. */
const firstOutbound = 'first sync';
const firstInbound = 'first sync, every contact asked for';
const editedInbound = 'every contact changed';
const fewChanged = '1 % changed';

/** Runs after which a sync must have come to rest. */
const SETTLING_RUNS = 3;
/** Milliseconds between two looks at a run: what they cost is no part of it. */
const LOOK_EVERY = 500;
/** The part of the records that changes between two runs of a sync that is in use. */
const CHANGING = 0.01;

/** Salesforce to ActiveCampaign: half leads, half contacts with a tenth as many accounts. */
export async function outbound(field: Field, plan: Plan): Promise<void> {
  const { records, latency } = plan;
  const half = Math.floor(records / 2);
  const load = {
    salesforce: { leads: records - half, contacts: half, accounts: Math.ceil(half / 10) },
  };
  await field.withBed(load, async (bed) => {
    const line = await plain(bed, plan, 'outbound');
    await line(firstOutbound, 'outbound', records);
    await changing(bed, latency, (count) => editLeads(bed.vendors, count), records);
    await line(fewChanged, 'outbound', Math.ceil(records * CHANGING));
  });
  await field.withBed(load, async (bed) => {
    const line = await syncline(bed, plan, 'outbound');
    await line(firstOutbound, records);
    await settle(line.org);
    await changing(bed, latency, (count) => editLeads(bed.vendors, count), records);
    await line(fewChanged, Math.ceil(records * CHANGING));
    await settle(line.org);
    await line('nothing changed', records);
  });
}

/** ActiveCampaign to Salesforce: contacts become leads, then are edited. */
export async function inbound(field: Field, plan: Plan): Promise<void> {
  const { records, latency } = plan;
  const load = { activecampaign: { contacts: records } };
  await field.withBed(load, async (bed) => {
    const line = await plain(bed, plan, 'inbound');
    await line(firstInbound, 'inbound', records);
    const contacts = await listContacts(bed.vendors, records);
    await changing(bed, latency, () => editContacts(bed.vendors, contacts), records);
    await line(editedInbound, 'inboundAgain', records);
    await changing(bed, latency, (count) => editContacts(bed.vendors, contacts.slice(0, count)), records);
    await line(fewChanged, 'inboundAgain', Math.ceil(records * CHANGING));
  });
  await field.withBed(load, async (bed) => {
    const line = await syncline(bed, plan, 'inbound');
    const contacts = await listContacts(bed.vendors, records);
    await requestLeads(await createLeadUrl(line.org.api), contacts);
    await line(firstInbound, records);
    await settle(line.org);
    await changing(bed, latency, () => editContacts(bed.vendors, contacts), records);
    await line(editedInbound, records);
    await settle(line.org);
    const some = contacts.slice(0, Math.ceil(records * CHANGING));
    await changing(bed, latency, () => editContacts(bed.vendors, some), records);
    await line(fewChanged, some.length);
    await settle(line.org);
    await line('nothing changed', records);
  });
}

/** The first sync to ActiveCampaign alone, for the memory that it takes. */
export async function firstSync(field: Field, plan: Plan): Promise<void> {
  const half = Math.floor(plan.records / 2);
  const salesforce = { leads: plan.records - half, contacts: half, accounts: Math.ceil(half / 10) };
  await field.withBed({ salesforce }, async (bed) => {
    const line = await syncline(bed, plan, 'outbound');
    await line('first sync', plan.records);
  });
}

/**
 * Starts the plain script, and answers what measures one of its jobs. It cannot tell who changed, so it does everything
 * each time, however few `changed`.
 */
async function plain(bed: Bed, { records, latency, tell }: Plan, direction: Direction) {
  const script = await bed.startPlain();
  await bed.setLatency(latency);
  return async (name: string, job: PlainJob, changed: number): Promise<void> => {
    const { measurement, answer } = await measure(bed.vendors, script.pid, () => script.ask(job));
    if (answer !== records) throw new Error(`The plain script did ${String(answer)} of ${records} records.`);
    const rest = { latency, records: changed, isPlain: true, peakMemory: null, run: null };
    tell({ name, direction, ...measurement, ...rest });
  };
}

/** Starts the service, and answers what measures one of its runs. */
export async function syncline(bed: Bed, { latency, tell }: Plan, direction: Direction) {
  const { org, service } = await bed.startSyncline();
  await bed.setLatency(latency);
  const line = async (name: string, records: number): Promise<void> => {
    const asked = Date.now();
    const { measurement, answer: run } = await measure(bed.vendors, service.pid, () =>
      runOnce(org, direction),
    );
    // Its own end, as it is looked at only now and then.
    const seconds = (Date.parse(run.finishedAt ?? '') - asked) / 1000;
    const rest = { direction, latency, records, isPlain: false, run };
    tell({ name, ...measurement, seconds, ...rest, peakMemory: await peakMemory(service.pid) });
  };
  return Object.assign(line, { org });
}

async function runOnce({ api }: Org, direction: Direction): Promise<Run> {
  const run = await follow(api, (await startRun(api, direction)).id, { lookEvery: LOOK_EVERY });
  const failure = failureOf(run);
  if (failure !== null) throw new Error(failure);
  if (run.counts.failed > 0) throw new Error(`${run.counts.failed} records failed in the ${direction} run.`);
  return run;
}

/** Runs both directions until neither writes anything. */
export async function settle(org: Org): Promise<void> {
  for (let round = 1; round <= SETTLING_RUNS; round += 1) {
    const runs = [await runOnce(org, 'outbound'), await runOnce(org, 'inbound')];
    if (runs.every(({ counts }) => counts.created + counts.updated + counts.linked === 0)) return;
  }
  throw new Error(`After ${SETTLING_RUNS} rounds without edits, runs still write.`);
}

/** Edits without the latency that is being measured. */
async function changing(
  bed: Bed,
  latency: number,
  edit: (count: number) => Promise<void>,
  records: number,
): Promise<void> {
  await bed.setLatency(0);
  await edit(Math.ceil(records * CHANGING));
  await bed.setLatency(latency);
}
