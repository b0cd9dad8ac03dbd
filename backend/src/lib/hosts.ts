import { BlockList, isIP } from 'node:net';
import { sentence, type Sentence } from '../words/told.ts';
import { SyncError } from './errors.ts';

/**
 * Checks an address that a tenant or a vendor named before anything is sent there: https on its own port, a host
 * of the allowlist, no user and password in it, no bare IP address. With `allowLoopback` an address on this machine
 * is allowed as well, at any port and by http.
 *
 * @param hosts host names; `*.example.com` stands for one or more labels in front of `example.com`
 * @throws SyncError SYNC_HOST_NOT_ALLOWED
 */
export function assertAllowedUrl(url: string | URL, hosts: readonly string[], allowLoopback: boolean): URL {
  const parsed = parse(url);
  if (parsed.username !== '' || parsed.password !== '') {
    throw refused(
      parsed.hostname,
      sentence('Credentials are not sent to an address with a user name in it.'),
    );
  }
  if (allowLoopback && isLoopbackHost(parsed.hostname)) {
    if (parsed.protocol === 'http:' || parsed.protocol === 'https:') return parsed;
    throw refused(
      parsed.hostname,
      sentence('Credentials are not sent to the scheme {scheme}.', { scheme: parsed.protocol }),
    );
  }
  if (parsed.protocol !== 'https:')
    throw refused(
      parsed.hostname,
      sentence('Credentials are not sent to the scheme {scheme}.', { scheme: parsed.protocol }),
    );
  if (parsed.port !== '')
    throw refused(
      parsed.hostname,
      sentence('Credentials are not sent to the port {port}.', { port: parsed.port }),
    );
  if (!isHostAllowed(parsed.hostname, hosts))
    throw refused(parsed.hostname, sentence('Credentials are not sent to this host.'));
  return parsed;
}

/** Whether a host name is one of the allowlist; letter case and a trailing dot do not matter. */
export function isHostAllowed(host: string, hosts: readonly string[]): boolean {
  const name = canonicalHost(host);
  if (name === '' || isIP(bare(name)) !== 0) return false;
  return hosts.some((pattern) =>
    pattern.startsWith('*.') ? name.endsWith(pattern.slice(1)) && isLabels(name) : name === pattern,
  );
}

/** The machine itself, by name or address, as the sandbox is reached. */
function isLoopbackHost(host: string): boolean {
  const name = bare(canonicalHost(host));
  return name === 'localhost' || name === '::1' || (isIP(name) === 4 && loopback.check(name, 'ipv4'));
}

/**
 * Whether an address belongs to a network that no vendor is reached in: loopback, private, link-local (cloud
 * metadata), carrier-grade NAT, multicast, reserved, and IPv6 forms that carry an IPv4 address. IANA special-purpose
 * address registries.
 */
export function isPrivateAddress(address: string): boolean {
  const family = isIP(address);
  if (family === 4) return privateV4.check(address, 'ipv4');
  return family === 0 || privateV6.check(address, 'ipv6') || !globalV6.check(address, 'ipv6');
}

export function isLoopbackAddress(address: string): boolean {
  return isIP(address) === 4 ? loopback.check(address, 'ipv4') : address === '::1';
}

function parse(url: string | URL): URL {
  try {
    return new URL(url);
  } catch {
    throw new SyncError('SYNC_HOST_NOT_ALLOWED', sentence('The address is not a valid URL.'));
  }
}

function refused(host: string, told: Sentence): SyncError {
  return new SyncError('SYNC_HOST_NOT_ALLOWED', told, { host });
}

function canonicalHost(host: string): string {
  return host.toLowerCase().replace(/\.$/, '');
}

function bare(host: string): string {
  return host.startsWith('[') ? host.slice(1, -1) : host;
}

function isLabels(host: string): boolean {
  return host.split('.').every((label) => /^[a-z0-9_](?:[a-z0-9_-]{0,61}[a-z0-9_])?$/.test(label));
}

function subnets(family: 'ipv4' | 'ipv6', ...networks: readonly (readonly [string, number])[]): BlockList {
  const list = new BlockList();
  for (const [network, prefix] of networks) list.addSubnet(network, prefix, family);
  return list;
}

const loopback = subnets('ipv4', ['127.0.0.0', 8]);

const privateV4 = subnets(
  'ipv4',
  ['0.0.0.0', 8],
  ['10.0.0.0', 8],
  ['100.64.0.0', 10],
  ['127.0.0.0', 8],
  ['169.254.0.0', 16],
  ['172.16.0.0', 12],
  ['192.0.0.0', 24],
  ['192.0.2.0', 24],
  ['192.88.99.0', 24],
  ['192.168.0.0', 16],
  ['198.18.0.0', 15],
  ['198.51.100.0', 24],
  ['203.0.113.0', 24],
  ['224.0.0.0', 4],
  ['240.0.0.0', 4],
);

/** Global unicast, outside of which nothing is reachable by right. */
const globalV6 = subnets('ipv6', ['2000::', 3]);

/** Within it: Teredo, benchmarking, ORCHID, documentation and 6to4. */
const privateV6 = subnets('ipv6', ['2001::', 23], ['2001:db8::', 32], ['2002::', 16], ['3fff::', 20]);
