import { isatty } from 'node:tty';

/** Whether a person sits at this terminal: what is asked can be typed. It does not open the input: that takes its time. */
export function isInteractive(): boolean {
  return isatty(0);
}
