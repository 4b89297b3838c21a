import { z } from 'zod';
import { type Secret } from '../../agent/protocol/secret';
import { type JiraSettings } from '../outer-settings';
import { adf, textOfAdf } from './adf';
import { basic } from './basic';
import { type Call, type Caller, jsonOf, type Reply } from './call';
import { oddReply, refused } from './faults';
import { type OuterRecord, type TicketSystem } from './ticket-system';

const Key = z.string().regex(/^[A-Z][A-Z0-9_]*-\d+$/);
const Id = z.string().regex(/^\d+$/);
const Issue = z.object({ id: Id, key: Key });
const Found = z.object({ issues: z.array(Issue) });
const Comments = z.object({ comments: z.array(z.object({ body: z.unknown() })) });
const Status = z.object({ fields: z.object({ status: z.object({ statusCategory: z.object({ key: z.string() }) }) }) });
const Transitions = z.object({
  transitions: z.array(
    z.object({
      id: z.string(),
      name: z.string(),
      to: z.object({ statusCategory: z.object({ key: z.string() }) }),
    }),
  ),
});

const DONE = 'done';
/** Comments that are looked through for one of ours: the newest. */
const COMMENTS = 50;

export interface JiraParts {
  settings: JiraSettings;
  call: Caller;
  /** The account's API token. */
  secret: () => Promise<Secret>;
}

function parsed<T extends z.ZodTypeAny>(schema: T, reply: Reply): z.output<T> {
  const result = schema.safeParse(jsonOf(reply));
  if (!result.success) throw oddReply('not as the REST API v3 answers', result.error);
  return result.data as z.output<T>;
}

/**
 * Jira Cloud, and Jira Service Management, through REST v3 (developer.atlassian.com/cloud/jira/platform/rest/v3: Issues,
 * Issue comments, Issue search). An issue is found again by a label of its own, with JQL. The search index follows behind
 * (Atlassian: "recent updates might not be immediately visible"), so whoever is in doubt waits before making a second one.
 */
export function createJira({ settings, call, secret }: JiraParts): TicketSystem {
  const base = settings.url.replace(/\/+$/, '');

  async function ask(method: Call['method'], path: string, body?: object): Promise<Reply> {
    const headers = {
      authorization: basic(settings.user, await secret()),
      accept: 'application/json',
      'content-type': 'application/json',
    };
    return call({ method, url: `${base}/rest/api/3${path}`, headers, ...(body && { body: JSON.stringify(body) }) });
  }

  const labelOf = (correlation: string) => `keyvouch-${correlation.toLowerCase()}`;
  const recordOf = ({ id: ref, key: number }: z.infer<typeof Issue>): OuterRecord => ({
    ref,
    number,
    url: `${base}/browse/${number}`,
  });
  const issue = (ref: string) => `/issue/${encodeURIComponent(ref)}`;

  return {
    async find(correlation) {
      const jql = `project = "${settings.project}" AND labels = "${labelOf(correlation)}" ORDER BY created ASC`;
      const reply = await ask('POST', '/search/jql', { jql, fields: ['key'], maxResults: 1 });
      const [first] = parsed(Found, reply).issues;
      return first && recordOf(first);
    },
    async create({ correlation, title, text }) {
      const labels = settings.fields['labels'];
      const fields = {
        ...settings.fields,
        project: { key: settings.project },
        issuetype: { name: settings.issueType },
        summary: title.replace(/\s+/g, ' ').slice(0, 255),
        description: adf(text),
        labels: ['keyvouch', labelOf(correlation), ...(Array.isArray(labels) ? (labels as unknown[]) : [])],
      };
      return recordOf(parsed(Issue, await ask('POST', '/issue', { fields })));
    },
    async hasNote(ref, mark) {
      const reply = await ask('GET', `${issue(ref)}/comment?orderBy=-created&maxResults=${COMMENTS}`);
      return parsed(Comments, reply).comments.some(({ body }) => textOfAdf(body).includes(mark));
    },
    async note(ref, text) {
      await ask('POST', `${issue(ref)}/comment`, { body: adf(text) });
    },
    async close(ref) {
      const now = parsed(Status, await ask('GET', `${issue(ref)}?fields=status`));
      if (now.fields.status.statusCategory.key === DONE) return;
      const { transitions } = parsed(Transitions, await ask('GET', `${issue(ref)}/transitions`));
      const { transition: wanted } = settings;
      const way = transitions.find(({ name, to }) => (wanted ? name === wanted : to.statusCategory.key === DONE));
      if (!way) throw refused(409, ['transition']);
      await ask('POST', `${issue(ref)}/transitions`, { transition: { id: way.id } });
    },
  };
}
