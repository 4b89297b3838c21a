/** Says by how much this workstation's clock differs from the service's. @param date The reply's `Date` header */
export function clockWords(date: string | undefined, now: Date): string {
  const theirs = Date.parse(date ?? '');
  if (Number.isNaN(theirs)) return "This workstation's clock is more than a minute off.";
  const seconds = Math.round((now.getTime() - theirs) / 1000);
  const size = Math.abs(seconds);
  const [amount, unit] =
    size < 120
      ? [size, 'seconds']
      : size < 7200
        ? [Math.round(size / 60), 'minutes']
        : [Math.round(size / 3600), 'hours'];
  return `This workstation's clock is ${amount} ${unit} ${seconds < 0 ? 'behind' : 'ahead of'} the service's.`;
}
