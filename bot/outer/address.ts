import { BlockList, isIP, isIPv4 } from 'node:net';

/** Addresses that are nobody's outside (RFC 6890 and its registries): this machine, its network, and what is set apart. */
const SET_APART = new BlockList();
/** 168.63.129.16 is Azure's own platform address, which every machine there can reach. */
const IPV4: readonly (readonly [string, number])[] = [
  ['0.0.0.0', 8],
  ['10.0.0.0', 8],
  ['100.64.0.0', 10],
  ['127.0.0.0', 8],
  ['169.254.0.0', 16],
  ['172.16.0.0', 12],
  ['192.0.0.0', 24],
  ['192.0.2.0', 24],
  ['192.88.99.0', 24],
  ['168.63.129.16', 32],
  ['192.168.0.0', 16],
  ['198.18.0.0', 15],
  ['198.51.100.0', 24],
  ['203.0.113.0', 24],
  ['224.0.0.0', 3],
];
for (const [net, bits] of IPV4) SET_APART.addSubnet(net, bits, 'ipv4');

/** Of IPv6 only 2000::/3 is given out to anybody; parts of that lead to IPv4 addresses, or nowhere. */
const GLOBAL = new BlockList();
GLOBAL.addSubnet('2000::', 3, 'ipv6');
for (const [net, bits] of [
  ['2001::', 23],
  ['2001:db8::', 32],
  ['2002::', 16],
  ['3fff::', 20],
] as const)
  SET_APART.addSubnet(net, bits, 'ipv6');

/** Whether an IP address is one on the internet, that may be called from inside a tenant's network. */
export function isPublicAddress(address: string): boolean {
  if (isIP(address) === 0) return false;
  if (isIPv4(address)) return !SET_APART.check(address, 'ipv4');
  return GLOBAL.check(address, 'ipv6') && !SET_APART.check(address, 'ipv6');
}

/** Whether an IP address is of this machine alone. */
export function isLoopback(address: string): boolean {
  return /^127\.\d+\.\d+\.\d+$/.test(address) || address === '::1';
}

/** The host of an address without the brackets that a URL puts around IPv6. */
export function hostOf({ hostname }: URL): string {
  return hostname.replace(/^\[|\]$/g, '');
}

/**
 * Why an address may not be called, whatever its name turns out to mean: undefined where it may.
 * @param sandbox http to this machine is fine then, and nothing else is
 */
export function addressProblem(text: string, sandbox: boolean): string | undefined {
  if (!URL.canParse(text)) return 'is no address';
  const url = new URL(text);
  const host = hostOf(url);
  if (url.username !== '' || url.password !== '') return 'has a password in it, which belongs into the vault';
  if (sandbox) return isLoopback(host) ? undefined : 'must be on loopback in the sandbox (127.0.0.1)';
  if (url.protocol !== 'https:') return 'must begin with https';
  if (isIP(host) !== 0 && !isPublicAddress(host)) return 'is an address inside a network';
  if (/(^|\.)(localhost|local|internal|home\.arpa)\.?$/i.test(host)) return 'is a name inside a network';
  return undefined;
}
