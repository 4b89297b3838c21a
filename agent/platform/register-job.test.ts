import { startService, type TestService } from '../../bot/workstations/service.fixture';
import { startVirtualKey, type VirtualKey } from '../../infra/local/key';
import { hidRegistrar } from '../operations/hid-registrar';
import { scriptedPrompts } from '../operations/scripted-prompts.fixture';
import { encodeBase64Url } from '../protocol/credential-id';
import { openJournal } from '../service/job-journal';
import { onKey, PIN, running, type Station } from '../service/job-run.fixture';
import { runJobs } from '../service/run-jobs';
import { closeAll, paired } from '../service/workstation.fixture';
import { needing } from '../needs.fixture';
import { platformRegistrar } from './platform-registrar';
import { compileStandIn, hasCompiler, type StandIn } from './testing/stand-in.fixture';
import { loadWebAuthn, type MakeCredentialCall, type WebAuthnLibrary } from './webauthn-library';

const RP = 'login.microsoft.com';

/** Windows as a whole: its library by the stand-in, and behind it a key that really makes what it then hands out. */
async function windows(standIn: StandIn, key: VirtualKey): Promise<WebAuthnLibrary> {
  const library = await loadWebAuthn(standIn.path);
  const challengeOf = ({ arguments: [, , , clientData] }: MakeCredentialCall) => {
    const json = Buffer.from(clientData['pbClientDataJSON'] as Uint8Array).toString();
    return (JSON.parse(json) as { challenge: string }).challenge;
  };
  const make = (call: MakeCredentialCall) =>
    onKey(key, (opened) =>
      hidRegistrar(opened).register({
        rpId: RP,
        prompts: scriptedPrompts({ pins: [PIN, PIN] }),
        options: {
          rp: { id: RP },
          user: { id: encodeBase64Url(call.arguments[1]['pbId'] as Uint8Array) },
          challenge: challengeOf(call),
          pubKeyCredParams: [{ type: 'public-key', alg: -7 }],
        },
      }),
    );
  return {
    ...library,
    async makeCredential(call) {
      standIn.setObject((await make(call)).attestationObject);
      return library.makeCredential(call);
    },
  };
}

/** Without a C compiler none of this can be tried; CI has gcc. */
needing(
  describe,
  'gcc',
  hasCompiler(),
)('a job at a workstation with Windows and no rights (needs gcc)', () => {
  let standIn: StandIn;
  let chat: TestService;
  let key: VirtualKey;
  let station: Station;
  beforeAll(() => void (standIn = compileStandIn()));
  beforeEach(async () => {
    standIn.answer({});
    chat = await running(startService());
    key = await running(startVirtualKey({ touch: 'auto' }));
    chat.switches.roots = [key.attestationRootPem];
    station = await paired(chat);
  });
  afterEach(closeAll);
  afterAll(() => standIn.remove());

  async function run() {
    const { at, pairing, client: service } = station;
    // The agent itself asks for the number and for nothing else: no PIN comes into it.
    const prompts = scriptedPrompts({ answers: ['42'] });
    const registrar = platformRegistrar({ webauthn: () => windows(standIn, key), window: async () => null });
    const openRegistrar = async () => ({ registrar, key: undefined, close: async () => undefined });
    const journal = await openJournal(at.directory);
    const deps = { ...at, prompts, service, journal, devices: [], lookEveryMs: 20, openRegistrar };
    return { prompts, settled: await runJobs(deps, pairing, { once: true, untilIdleMs: 0 }) };
  }

  it('registers a passkey that the service verifies up to its root', async () => {
    await chat.offer(station.pairing.workstation);
    const { settled, prompts } = await run();
    expect(settled).toMatchObject([{ state: 'registered' }]);
    expect(chat.results).toMatchObject([{ outcome: 'made', transports: ['usb', 'nfc'] }]);
    expect(prompts.pinQuestions).toEqual([]);
    expect(prompts.log).toContainEqual(expect.stringMatching(/^touch Windows now opens a window/));
  }, 20_000);

  it('tells the service that a forbidden model holds a passkey now', async () => {
    chat.switches.models = [{ enforcement: 'block', aaguids: [key.aaguid] }];
    await chat.offer(station.pairing.workstation);
    expect((await run()).settled).toMatchObject([{ state: 'failed', code: 'key-model-not-allowed' }]);
    expect(chat.results).toMatchObject([{ outcome: 'failed', code: 'key-model-not-allowed', orphan: true }]);
  }, 20_000);

  it('does not say that it took the passkey back where it cannot', async () => {
    chat.switches.entra = 'failed';
    await chat.offer(station.pairing.workstation);
    const { settled, prompts } = await run();
    expect(settled).toMatchObject([{ state: 'failed', removeCredential: true }]);
    expect(prompts.log.join('\n')).not.toMatch(/is removed|was removed/);
  }, 20_000);

  it('of another kind ends at once, before the number is asked for', async () => {
    await chat.offer(station.pairing.workstation, { act: 'inspect', credentialIds: [] });
    const { settled, prompts } = await run();
    expect(settled).toMatchObject([{ state: 'failed', code: 'key-access-denied' }]);
    expect(prompts.log.join('\n')).not.toContain('ask ');
  }, 20_000);
});
