import { once } from 'node:events';
import { createServer, type AddressInfo } from 'node:net';
import { expect, test } from '@jest/globals';
import { choosePorts } from '../../stack/ports.ts';

const free = { PORT_SERVICE: '0', PORT_SALESFORCE: '0', PORT_ACTIVECAMPAIGN: '0' };

test('a port that is taken is named, with the variable that gives another', async () => {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo; // what a listening TCP server has

  await expect(choosePorts({ ...free, PORT_SALESFORCE: String(port) })).rejects.toThrow(
    new RegExp(`^Port ${port}, which the Salesforce sandbox needs, is taken\\..*set PORT_SALESFORCE`),
  );

  server.close();
  await once(server, 'close');
});

test('port 0 stands for any free one', async () => {
  const { service, salesforce, activecampaign } = await choosePorts(free);
  expect(Math.min(service, salesforce, activecampaign)).toBeGreaterThan(1023);
});

test.each(['eighty', '-1', '65536', '80.5'])('%s is refused as a port', async (port) => {
  await expect(choosePorts({ ...free, PORT_SERVICE: port })).rejects.toThrow(
    `PORT_SERVICE is "${port}", which is no port`,
  );
});
