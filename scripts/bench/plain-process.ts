/**
 * Usage: started by the benchmark with SALESFORCE_URL and ACTIVECAMPAIGN_URL. The plain script in a process of its own,
 * as young as the service's: does the job that each message names and answers how many records it was done for.
 */
import { z } from 'zod';
import { plainJobs, PlainScript } from './plain.ts';

const environment = z
  .object({ SALESFORCE_URL: z.string(), ACTIVECAMPAIGN_URL: z.string() })
  .parse(process.env);
const script = new PlainScript({
  salesforce: environment.SALESFORCE_URL,
  activecampaign: environment.ACTIVECAMPAIGN_URL,
});

process.on('message', (message) => {
  const job = z.enum(plainJobs).parse(message);
  // One that fails ends the process, which whoever asked is told of.
  void script[job]().then((done) => process.send?.(done));
});
// Until it is let go of.
process.channel?.ref();
