import { type Finding, notChecked, ok, stop } from './finding';

/** Whether macOS lets this program reach keys: known only by trying. @param opened How opening each key ended */
export function inputAccessCheck(opened: readonly ('opened' | 'denied' | 'other')[]): Finding {
  if (opened.includes('denied')) {
    return stop(
      'input-access',
      'macOS does not let this program open the security key.',
      'Close other programs that use the key. If it stays so: System Settings, Privacy & Security, Input Monitoring: switch on the terminal that runs the agent, and start it again.',
    );
  }
  if (opened.includes('opened')) return ok('input-access', 'macOS lets this program open the security key.');
  return notChecked('input-access', 'Whether macOS lets this program open keys shows only with a key plugged in.');
}
