import type { Field } from './bed.ts';
import { editLeads } from './edits.ts';
import { settle, syncline, type Result } from './scenarios.ts';
import type { TableData } from './report.ts';

/** The part of the records that changes between two runs of a sync that is in use, and a fixed number of them. */
const CHANGING = 0.01;
const FEW = 200;

/** A sync in use, small and large: what a run costs follows what changed, not what is linked. */
export async function steady(field: Field, sizes: readonly number[]): Promise<TableData> {
  const rows: string[][] = [];
  for (const records of sizes) {
    await field.withBed({ salesforce: { leads: records, contacts: 0, accounts: 0 } }, async (bed) => {
      const measured: Result[] = [];
      const plan = { records, latency: 0, tell: (result: Result) => void measured.push(result) };
      const line = await syncline(bed, plan, 'outbound');
      await line('first sync', records);
      await settle(line.org);
      for (const count of new Set([FEW, Math.ceil(records * CHANGING)])) {
        await editLeads(bed.vendors, count);
        await line(`${count.toLocaleString('en')} changed`, count);
        await settle(line.org);
      }
      await line('nothing changed', 0);
      for (const { name, seconds, calls, cpuSeconds, peakMemory } of measured) {
        rows.push([
          records.toLocaleString('en'),
          name,
          seconds.toFixed(1),
          String(calls.salesforce.total),
          String(calls.activecampaign.total),
          cpuSeconds?.toFixed(2) ?? '–',
          peakMemory?.toFixed(0) ?? '–',
        ]);
      }
    });
  }
  return {
    head: [
      'linked records',
      'measured',
      'seconds',
      'Salesforce calls',
      'ActiveCampaign calls',
      'CPU, s',
      'peak memory, MB',
    ],
    rows,
  };
}
