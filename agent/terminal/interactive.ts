/** Whether a person sits at this terminal: what is asked can be typed. */
export function isInteractive(input: { isTTY?: boolean } = process.stdin): boolean {
  return input.isTTY === true;
}
