import { Fault } from '../protocol/fault';

/** Signs of a session whose screen and keyboard are elsewhere. SSH alone has a `desk` test that may be allowed. */
const SIGNS: readonly { what: string; may: 'never' | 'on-request'; is: (env: NodeJS.ProcessEnv) => boolean }[] = [
  { what: 'Remote Desktop', may: 'never', is: (env) => /^rdp/i.test(env['SESSIONNAME'] ?? '') },
  { what: 'Citrix', may: 'never', is: (env) => /^ica/i.test(env['SESSIONNAME'] ?? '') },
  { what: 'VMware Horizon', may: 'never', is: (env) => Boolean(env['ViewClient_Machine_Name']) },
  { what: 'xrdp', may: 'never', is: (env) => Boolean(env['XRDP_SESSION']) },
  { what: 'Chrome Remote Desktop', may: 'never', is: (env) => Boolean(env['CHROME_REMOTE_DESKTOP_SESSION']) },
  { what: 'VNC', may: 'never', is: (env) => Boolean(env['VNCDESKTOP']) },
  { what: 'SSH', may: 'on-request', is: (env) => Boolean(env['SSH_CONNECTION'] ?? env['SSH_TTY']) },
];

/**
 * Refuses to work where nobody sits: in a remote session the key is plugged into another machine, and whoever is at the
 * keyboard cannot be the one who holds it.
 * @param allowRemote Lets SSH through, for trying things out; desktops from afar never.
 * @throws Fault `remote-session`
 */
export function refuseRemoteSession(allowRemote: boolean, env: NodeJS.ProcessEnv = process.env): void {
  const sign = SIGNS.find(({ may, is }) => is(env) && !(may === 'on-request' && allowRemote));
  if (!sign) return;
  throw new Fault({
    code: 'remote-session',
    say: `This is a remote session (${sign.what}): a security key can be set up only where you and the key are.`,
    todo:
      sign.may === 'on-request'
        ? 'Run the agent at the workstation itself (--allow-remote is for tests at your own desk).'
        : 'Run the agent at the workstation itself.',
    facts: { session: sign.what },
  });
}
