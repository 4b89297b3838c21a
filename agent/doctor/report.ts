import { type Finding, type FindingState } from './finding';

/** Which of all findings counts: what stops goes before what wants attention. */
export function verdictOf(findings: readonly Finding[]): 'ok' | 'attention' | 'stop' {
  const states = new Set(findings.map(({ state }) => state));
  return states.has('stop') ? 'stop' : states.has('attention') ? 'attention' : 'ok';
}

const MARK: Readonly<Record<FindingState, string>> = {
  ok: 'ok',
  attention: 'attention',
  stop: 'STOP',
  'not-checked': 'not checked',
};
const WIDTH = Math.max(...Object.values(MARK).map(({ length }) => length));

/** The findings in lines for a person: how it stands, why, and the mend. */
export function reportText(findings: readonly Finding[]): string {
  const lines = findings.flatMap(({ state, device, say, todo, copy }) => [
    `${MARK[state].padEnd(WIDTH)}  ${device === undefined ? '' : `${device}: `}${say}`,
    ...(todo === undefined ? [] : [`${' '.repeat(WIDTH)}  -> ${todo}`]),
    ...(copy === undefined
      ? []
      : copy
          .trimEnd()
          .split('\n')
          .map((line) => `${' '.repeat(WIDTH)}     ${line}`)),
  ]);
  return [...lines, '', closing(findings)].join('\n');
}

function closing(findings: readonly Finding[]): string {
  const number = (state: FindingState) => findings.filter((finding) => finding.state === state).length;
  const unchecked = number('not-checked');
  const rest = unchecked === 0 ? '' : ` ${unchecked} not checked.`;
  const stops = number('stop');
  if (stops === 0) return `Nothing that was checked stands in the way.${rest}`;
  return `${stops === 1 ? 'One thing stands' : `${stops} things stand`} in the way.${rest}`;
}
