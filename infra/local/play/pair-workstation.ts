import { type Sandbox } from '../sandbox/sandbox';
import { type Player } from './player';
import { lettersOf, newestWith } from './reading';

/**
 * Somebody pairs their workstation: the code from the chat is typed there, and it is confirmed in the chat.
 * @returns the name under which the sandbox keeps it
 */
export async function pairWorkstation(sandbox: Sandbox, player: Player, person: { id: string }): Promise<string> {
  const { teams } = sandbox;
  const workstation = teams.person(person.id).name.split(' ')[0]?.toLowerCase() ?? 'workstation';
  const code = lettersOf(await player.press(person.id, 'pair'));
  if (!code) throw new Error('no pairing code was shown');
  const name = `${workstation}-laptop`;
  const pairing = sandbox.agent(workstation, ['pair', '--name', name, '--code', code, '--json-lines']);
  await player.until(
    'the question whether the workstation is theirs',
    () => newestWith(teams, person.id, 'confirm-workstation') !== undefined,
    20_000,
  );
  await player.press(person.id, 'confirm-workstation');
  const exit = await pairing.ended;
  const said = () => pairing.lines().map(({ text }) => text);
  if (exit !== 0) throw new Error(`pairing failed:\n${said().join('\n')}`);
  return workstation;
}
