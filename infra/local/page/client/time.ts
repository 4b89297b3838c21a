const clock = new Intl.DateTimeFormat(undefined, { hour: '2-digit', minute: '2-digit' });
const day = new Intl.DateTimeFormat(undefined, { weekday: 'long', day: 'numeric', month: 'long' });
const full = new Intl.DateTimeFormat(undefined, { dateStyle: 'medium', timeStyle: 'short' });

export const clockTime = (at: string): string => clock.format(new Date(at));
export const fullTime = (at: string): string => full.format(new Date(at));

/** `Today`, `Yesterday`, or the day itself. */
export function dayName(at: string, now = new Date()): string {
  const midnight = (date: Date) => new Date(date).setHours(0, 0, 0, 0);
  const daysAgo = Math.round((midnight(now) - midnight(new Date(at))) / 86_400_000);
  if (daysAgo === 0) return 'Today';
  return daysAgo === 1 ? 'Yesterday' : day.format(new Date(at));
}
