import { type Koffi, loadKoffi, type Native } from './koffi';

/**
 * The window in front of which Windows shows its own: the one that the person works in. A console's own window comes
 * second, because under Windows Terminal it is a hidden one, and a dialog behind a hidden window is never seen.
 *
 * @returns an HWND, or null where there is none
 */
export async function windowInFront(load: () => Promise<Koffi> = loadKoffi): Promise<unknown> {
  const koffi = await load();
  const handle = koffi.pointer('void');
  const ask = (library: string, name: string) => (koffi.load(library).func('__stdcall', name, handle, []) as Native)();
  return ask('user32.dll', 'GetForegroundWindow') ?? ask('kernel32.dll', 'GetConsoleWindow') ?? null;
}
