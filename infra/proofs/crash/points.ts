import { type Dice } from '../seed';

export const MOMENTS = ['before', 'after'] as const;
export type Moment = (typeof MOMENTS)[number];

/** A place in a story where the host can die: a write to storage, or a call to the world outside. */
export interface Place {
  number: number;
  /** What it was in the counting run: `POST /devstoreaccount1/$batch`. */
  label: string;
}

/** Reads the lines that the host's count has left: `12 POST /devstoreaccount1/$batch`. */
export function placesIn(log: string): Place[] {
  return log.split('\n').flatMap((line) => {
    const [, number, label] = /^(\d+) (.+)$/.exec(line) ?? [];
    return number !== undefined && label !== undefined ? [{ number: Number(number), label }] : [];
  });
}

export interface Point<Story extends string = string> {
  story: Story;
  place: Place;
  moment: Moment;
}

/**
 * Every moment at which the world outside differs: after each write, and before the first. Between a write and the next
 * one, reads included, all that happens is in the memory that dies. Where much hangs on it, before the write too: the
 * writes that run beside it may then have landed or not.
 */
export function allPoints<Story extends string>(places: ReadonlyMap<Story, readonly Place[]>): Point<Story>[] {
  return [...places].flatMap(([story, list]) => {
    const writes = list.filter(({ label }) => !isRead(label));
    return writes.flatMap((place, at): Point<Story>[] => {
      const moments = at === 0 || isDelicate(place.label) || isCommit(place.label) ? MOMENTS : (['after'] as const);
      return moments.map((moment) => ({ story, place, moment }));
    });
  });
}

/**
 * A few points that stand for all: as many of each story as of any other, writes to Entra always among them, the rest
 * by chance. Late places come first, because what happens there takes longest to settle.
 */
export function somePoints<Story extends string>(
  all: readonly Point<Story>[],
  count: number,
  dice: Dice,
): Point<Story>[] {
  const stories = [...new Set(all.map(({ story }) => story))];
  const chosen = stories.flatMap((story, at) => {
    const share = Math.floor(count / stories.length) + (at < count % stories.length ? 1 : 0);
    const mine = all.filter((point) => point.story === story);
    const delicate = dice.shuffled(mine.filter(({ place }) => isDelicate(place.label)));
    const rest = dice.shuffled(mine.filter(({ place }) => !isDelicate(place.label)));
    return [...delicate.slice(0, Math.ceil(share / 3)), ...rest].slice(0, share);
  });
  return chosen.sort((a, b) => b.place.number - a.place.number);
}

/** Graph also takes some reads as POST, a batch of reads among them; a token that nobody got is one that ends unused. */
const READS_BY_POST = /^POST (\/v1\.0\/\$batch|\/v1\.0\/.*\/checkMemberGroups|.*\/oauth2\/v2\.0\/token)$/;

function isRead(label: string): boolean {
  return /^(GET|HEAD) /.test(label) || READS_BY_POST.test(label);
}

/** A ticket's state, event and outbox, in one transaction. */
function isCommit(label: string): boolean {
  return /^POST \/devstoreaccount1\/\$batch$/.test(label);
}

const BEFORE_MAKING = 4;
const AFTER_MAKING = 12;

/** The places around the making of a pass: from the last guards to what is done once it was shown. */
export function aroundTheMaking(places: readonly Place[]): Place[] {
  const at = places.findIndex(({ label }) => /^POST .*temporaryAccessPassMethods/.test(label));
  return at < 0 ? [] : places.slice(Math.max(0, at - BEFORE_MAKING), at + AFTER_MAKING);
}

/** Where a pass or a passkey is made or ended: a death there is the worst. */
export function isDelicate(label: string): boolean {
  return /^(POST|DELETE) .*(temporaryAccessPassMethods|fido2Methods)/i.test(label);
}

/**
 * How many calls a story takes differs by some from play to play: who aimed behind its end aims again, a fifth earlier.
 * @returns that point, or none where there is nothing earlier
 */
export function earlierThan<Story extends string>(
  { story, place, moment }: Point<Story>,
  all: readonly Point<Story>[],
): Point<Story>[] {
  const most = place.number * 0.8;
  return all.filter((one) => one.story === story && one.moment === moment && one.place.number <= most).slice(-1);
}
