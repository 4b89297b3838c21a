import { isIP } from 'node:net';
import { connect } from 'node:tls';
import { Fault } from '../protocol/fault';
import { type Models } from '../protocol/messages';
import { type Connection } from '../service/connection';
import { type WorkstationKey } from '../service/key-store';
import { type Pairing } from '../service/pairing-file';
import { type Service, serviceFor } from '../service/service';
import { type Route } from './proxy';
import { type Answer } from './service-checks';

/**
 * Asks the service, without changing anything there: for the jobs and the models of key that it lets in, signed, where
 * this workstation is paired with it (the jobs are only looked at), else for its health.
 */
export async function askService(
  connection: Connection,
  url: string,
  route: Route,
  paired: { pairing: Pairing; key: WorkstationKey } | undefined,
): Promise<Answer> {
  let date: string | undefined;
  const watched: Connection = {
    ...connection,
    async send(request) {
      const reply = await connection.send(request);
      date = reply.headers['date'];
      return reply;
    },
  };
  try {
    if (paired?.pairing.service !== url)
      return { ...(await health(watched, url)), date, models: undefined, issuer: undefined };
    const { key, pairing } = paired;
    const service = serviceFor(watched, { service: url, workstation: pairing.workstation, key });
    const { state } = await service.jobs();
    const models = state === 'active' ? await modelsOf(service) : undefined;
    return { date, state, models, fault: undefined, issuer: undefined };
  } catch (error) {
    if (!(error instanceof Fault)) throw error;
    const issuer = error.code === 'service-tls' && route.kind === 'direct' ? await issuerAt(new URL(url)) : undefined;
    return { date, state: undefined, models: undefined, fault: error, issuer };
  }
}

/** What the service lets in. It may not say, or know no such question yet: that stands in nobody's way. */
async function modelsOf(service: Service): Promise<Models | undefined> {
  try {
    return (await service.models()).models;
  } catch (error) {
    if (error instanceof Fault) return undefined;
    throw error;
  }
}

async function health(connection: Connection, service: string): Promise<Pick<Answer, 'state' | 'fault'>> {
  const url = `${service}/api/health`;
  const { status, body } = await connection.send({ method: 'GET', url, headers: {}, body: '' });
  const isOurs = /"status"\s*:\s*"(?:ok|unavailable)"/.test(body);
  if (isOurs && status === 200) return { state: undefined, fault: undefined };
  const fault = new Fault(
    isOurs
      ? {
          code: 'service-unavailable',
          say: 'The Keyvouch service answers, but cannot work now.',
          todo: 'Try again in a few minutes; if it stays so, tell your helpdesk.',
          retry: true,
          facts: { status },
        }
      : {
          code: 'service-reply-odd',
          say: `What answers at ${service} is not the Keyvouch service (HTTP ${status}).`,
          todo: 'Check the address of the service; a proxy that wants a sign-in can answer in its place.',
          facts: { status },
        },
  );
  return { state: undefined, fault };
}

const LIMIT_MS = 5000;

/** Who issued the certificate that a server shows. Nothing is sent to it: it is not trusted. */
function issuerAt({ hostname, port }: URL): Promise<string | undefined> {
  return new Promise((resolve) => {
    const host = hostname.replace(/^\[|\]$/g, '');
    const named = isIP(host) === 0 ? { servername: host } : {};
    const socket = connect({ host, port: Number(port || 443), rejectUnauthorized: false, ...named });
    const end = (issuer: string | undefined) => {
      socket.destroy();
      resolve(issuer);
    };
    socket.setTimeout(LIMIT_MS, () => end(undefined));
    socket.once('error', () => end(undefined));
    socket.once('secureConnect', () => {
      const { CN, O } = socket.getPeerCertificate().issuer as { CN?: string; O?: string };
      end(CN ?? O);
    });
  });
}
