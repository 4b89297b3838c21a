import { onKey, replugs, run } from '../../agent/service/job-run.fixture';
import { scriptedPrompts } from '../../agent/operations/scripted-prompts.fixture';
import { setPin } from '../../agent/operations/set-pin';
import { lockForEver } from '../../infra/local/play/lock-key';
import {
  approved,
  atStation,
  begin,
  diagnosed,
  end,
  erased,
  left,
  LOCKED,
  type LockedKey,
  PIN,
  plugIn,
  registered,
  setClock,
  stationOf,
  withKey,
} from '../../infra/local/play/locked-key.fixture';
import { type TicketId } from '../tickets/ids';
import { jobNumberOf } from './details';
import { takeResult } from './jobs';
import { refusedBy } from './testing/scripted-entra';
import { WHO } from './testing/world';

let at: LockedKey;
beforeEach(async () => {
  at = await begin();
});
afterEach(() => end(at));

describe('erasing', () => {
  let id: TicketId;
  let old: string;
  beforeEach(async () => {
    old = await withKey(at);
    await lockForEver(at.key);
    ({ id } = await at.world.ask('ada', LOCKED));
    await diagnosed(at, id);
  });

  /** The agent is killed about when it notes that the key is erased, and nobody hears of it until the job has lapsed. */
  async function diesErasing(when: 'before' | 'after'): Promise<void> {
    await approved(at, id);
    await at.world.press('ada', id, 'start-job');
    await at.world.rest();
    const number = jobNumberOf(at.world.deps, at.world.ticket(id).job!.id);
    const script = { answers: [number, 'ERASE'], confirms: [false] };
    const die = { when, phase: 'result' } as const;
    await expect(run(at.station, at.key, { script, does: replugs(at.key), die })).rejects.toThrow('killed');
    await at.world.pass(21 * 60);
    setClock(at);
  }

  test.each<[string, () => void, string]>([
    ['the approver is gone from the rule', () => at.world.entra.managers.clear(), 'approver-no-longer-allowed'],
    ['the subject was promoted', () => at.world.entra.privileged.add(WHO.ada), 'subject-privileged'],
    [
      'the model may not come back',
      () =>
        (at.world.entra.fido2.keyRestrictions = {
          isEnforced: true,
          enforcementType: 'block',
          aaguids: [at.key.aaguid],
        }),
      'passkey-model-not-allowed',
    ],
  ])('is not begun where %s since the approval', async (_, change) => {
    await approved(at, id);
    await at.world.press('ada', id, 'start-job');
    await at.world.rest();
    change();
    const number = jobNumberOf(at.world.deps, at.world.ticket(id).job!.id);
    const { settled } = await run(at.station, at.key, {
      script: { answers: [number, 'ERASE'] },
      does: replugs(at.key),
    });
    expect(settled).toMatchObject([{ state: 'failed' }]);
    expect(at.world.ticket(id).reset).toBeUndefined();
    expect(left(at)).toContain(old);
  });

  test('declined there: the key and the account are as they were', async () => {
    await approved(at, id);
    await erased(at, id, 'ada', { answers: ['no'], confirms: [false] });
    expect(at.world.ticket(id)).toMatchObject({ job: { state: 'failed', code: 'reset-declined' } });
    expect(left(at)).toContain(old);
    await erased(at, id);
    expect(left(at)).not.toContain(old);
  });

  test('a ticket that was changed by hand to name another passkey removes nothing', async () => {
    await approved(at, id);
    const other = left(at).find((one) => one !== old)!;
    at.world.store.tamper(id, (ticket) => ({
      ...ticket,
      removals: ticket.removals.map((one) => ({ ...one, passkey: { ...one.passkey, methodId: other } })),
    }));
    await expect(at.world.press('ada', id, 'start-job')).rejects.toMatchObject({ code: 'signature-bad' });
    expect(left(at)).toEqual(expect.arrayContaining([old, other]));
  });

  test('another of their keys is plugged in: refused before anything is erased, and the right one may follow', async () => {
    await approved(at, id);
    const right = at.key;
    at.key = await plugIn();
    await onKey(at.key, (opened) => setPin(opened, { prompts: scriptedPrompts({ pins: [PIN, PIN] }) }));
    const { prompts } = await erased(at, id, 'ada', { answers: ['ERASE'], confirms: [true, false] });
    expect(prompts.log.join('\n')).toContain(`whose id ends in ${old.slice(-8)} is erased`);
    expect(at.results.at(-1)).toMatchObject({ outcome: 'failed', code: 'key-not-expected', orphan: false });
    expect(at.world.ticket(id)).toMatchObject({
      job: { state: 'failed', code: 'key-not-expected' },
      status: 'approved',
    });
    expect(at.world.ticket(id).reset).toBeUndefined();
    expect(at.world.ticket(id).parked).toBeUndefined();
    expect(at.key.condition()).toMatchObject({ pinSet: true, pinRetries: 8 });
    expect(left(at)).toContain(old);
    at.key = right;
    await erased(at, id);
    expect(left(at)).not.toContain(old);
  });

  test('an agent that erased another all the same: nothing goes, and the helpdesk is called', async () => {
    await approved(at, id);
    const other = left(at).find((one) => one !== old)!;
    const send = at.station.client.result;
    at.station.client.result = (job, result) =>
      send(job, result.outcome === 'erased' ? { ...result, matched: [other] } : result);
    await erased(at, id);
    expect(at.world.ticket(id).parked).toMatchObject({ step: 'remove', code: 'erased-another-key' });
    expect(left(at)).toEqual(expect.arrayContaining([old, other]));
    expect(at.world.messenger.latest(WHO.helen, 'helpdesk')?.details.view.parked?.code).toBe('erased-another-key');
  });

  test('a ticket that was changed by hand to take a person’s word for the key erases nothing', async () => {
    await approved(at, id);
    at.world.store.tamper(id, (ticket) => ({ ...ticket, diagnosis: { ...ticket.diagnosis!, matchedBy: 'person' } }));
    await expect(at.world.press('ada', id, 'start-job')).rejects.toMatchObject({ code: 'signature-bad' });
  });

  test('the same result sent twice counts once', async () => {
    await approved(at, id);
    await erased(at, id);
    const result = at.results.at(-1)!;
    const { job } = at.world.ticket(id);
    const again = await takeResult(at.world.deps, at.record, job!.id, result);
    await at.world.rest();
    expect(again).toEqual({ state: 'done', removeCredential: false });
    expect(at.world.kinds(id).filter((kind) => kind === 'key-erased')).toHaveLength(1);
    expect(at.world.entra.calls.filter((call) => call === 'passkeys.delete')).toHaveLength(1);
  });

  test('Entra is down when the passkey is to go: it goes later, and registering need not wait', async () => {
    await approved(at, id);
    const down = {
      kind: 'fails' as const,
      fault: refusedBy('graph-throttled', true),
    };
    at.world.entra.script('passkeys.delete', down, 3);
    await erased(at, id);
    expect(left(at)).toContain(old);
    await registered(at, id);
    expect(at.world.ticket(id)).toMatchObject({ status: 'approved' });
    await at.world.pass(120);
    expect(left(at)).not.toContain(old);
    expect(at.world.ticket(id).status).toBe('done');
  });

  test('the agent dies right after it was noted that the key is erased: its word comes at the next start', async () => {
    await diesErasing('after');
    expect(at.world.ticket(id)).toMatchObject({ reset: { state: 'unknown' }, job: { code: 'job-lapsed' } });
    await at.world.press('ada', id, 'start-job');
    await at.world.rest();
    expect(at.world.ticket(id).job?.act).toBe('inspect');
    const { settled } = await run(at.station, at.key, {});
    expect(settled).toMatchObject([{ state: 'done' }]);
    await at.world.rest();
    expect(at.world.ticket(id)).toMatchObject({ reset: { state: 'erased' }, removals: [{ state: 'removed' }] });
    await registered(at, id);
    expect(at.world.ticket(id).status).toBe('done');
  });

  test('the agent and its journal are gone for good: a look finds the key empty, and it is not erased again', async () => {
    await diesErasing('before');
    at.station = await stationOf(at.world, at.record, at.results);
    await atStation(at, id, 'ada', 'start-job');
    expect(at.world.kinds(id)).toContain('key-erased');
    expect(left(at)).not.toContain(old);
    await registered(at, id);
    expect(at.world.ticket(id).status).toBe('done');
  });
});
