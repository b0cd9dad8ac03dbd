import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { expect, test } from '@jest/globals';

test('one process starts the vendors with demo records, prints where they are, and stops on Ctrl-C', async () => {
  const main = spawn(
    process.execPath,
    ['--disable-warning=ExperimentalWarning', join(import.meta.dirname, '../main.ts'), '--seed'],
    { env: { ...process.env, NODE_OPTIONS: '', PORT_SALESFORCE: '0', PORT_ACTIVECAMPAIGN: '0' } },
  );
  const ended = once(main, 'exit');
  let printed = '';
  try {
    for await (const chunk of main.stdout) {
      printed += String(chunk);
      if (printed.includes('Ctrl-C')) break;
    }
    const [salesforce, activeCampaign] = printed.match(/http:\/\/127\.0\.0\.1:\d+/g) ?? [];
    const stats = await (await fetch(`${salesforce ?? ''}/__sandbox/stats`)).json();
    expect(stats).toMatchObject({ records: { Lead: 200, Contact: 250, Account: 60 } });
    expect((await fetch(`${activeCampaign ?? ''}/__sandbox/stats`)).status).toBe(200);
  } finally {
    main.kill('SIGINT');
  }
  expect(await ended).toEqual([0, null]);
});
