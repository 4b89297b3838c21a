import { type Koffi, loadKoffi, type Native } from './koffi';

/** Whether this process may open FIDO HID on Windows: it runs with an administrator's full rights. */
export async function isElevated(load: () => Promise<Koffi> = loadKoffi): Promise<boolean> {
  const koffi = await load();
  const isUserAnAdmin = koffi.load('shell32.dll').func('__stdcall', 'IsUserAnAdmin', 'int32_t', []) as Native;
  return isUserAnAdmin() !== 0;
}
