import { type Answer, type Asked, serve, type Served } from './serve';

export interface JiraOptions {
  user: string;
  token: string;
  project: string;
  issueTypes: readonly string[];
  /** Fields without which an issue is refused, beside those that Jira itself wants. */
  required?: readonly string[];
  /** So long the search does not find a new issue. Milliseconds. */
  indexLagMs?: number;
  now?: () => number;
}

export interface Issue {
  id: string;
  key: string;
  fields: Readonly<Record<string, unknown>>;
  status: { name: string; category: 'new' | 'indeterminate' | 'done' };
  comments: string[];
  createdAt: number;
}

export interface Jira extends Served {
  issues: Issue[];
}

const refused = (errors: Readonly<Record<string, string>>, messages: readonly string[] = []): Answer => ({
  status: 400,
  body: { errorMessages: messages, errors },
});

interface Node {
  type?: unknown;
  version?: unknown;
  text?: unknown;
  content?: unknown;
}

function isDocument(value: unknown): value is Node {
  const node = value as Node | null;
  return typeof node === 'object' && node?.type === 'doc' && node.version === 1 && Array.isArray(node.content);
}

function textOf(node: Node): string {
  if (typeof node.text === 'string') return node.text;
  return Array.isArray(node.content) ? (node.content as Node[]).map(textOf).join('\n') : '';
}

/** What a new issue lacks, as Jira says it: a sentence for each field. */
function fieldProblems(fields: Readonly<Record<string, unknown>>, options: JiraOptions): Record<string, string> {
  const { project, issueTypes, required = [] } = options;
  const problems: Record<string, string> = {};
  if ((fields['project'] as { key?: unknown } | undefined)?.key !== project)
    problems['project'] = 'valid project is required';
  if (!issueTypes.includes(String((fields['issuetype'] as { name?: unknown } | undefined)?.name)))
    problems['issuetype'] = 'Specify a valid issue type';
  const summary = fields['summary'];
  if (typeof summary !== 'string' || summary === '' || summary.length > 255 || summary.includes('\n'))
    problems['summary'] = 'You must specify a summary of the issue.';
  if (!isDocument(fields['description']))
    problems['description'] = 'Operation value must be an Atlassian Document (see the Atlassian Document Format)';
  for (const name of required) if (fields[name] === undefined) problems[name] = `${name} is required.`;
  const labels = fields['labels'];
  if (Array.isArray(labels) && labels.some((label) => /\s/.test(String(label))))
    problems['labels'] = 'The label contains spaces which is invalid.';
  return problems;
}

const TRANSITIONS = [
  { id: '11', name: 'Start', to: { name: 'In Progress', statusCategory: { key: 'indeterminate' } } },
  { id: '31', name: 'Close', to: { name: 'Done', statusCategory: { key: 'done' } } },
] as const;

/** The reference's default for comments, oldest first. */
const COMMENTS_A_PAGE = 100;

/** A site of Jira Cloud, as far as REST v3 is used: what the public reference says, with a search that follows behind. */
export async function startJira(options: JiraOptions): Promise<Jira> {
  const { user, token, project, indexLagMs = 0, now = Date.now } = options;
  const issues: Issue[] = [];

  function search({ method, body }: Asked): Answer {
    if (method !== 'POST') return { status: 405, body: '' };
    const { jql, maxResults = 50 } = JSON.parse(body) as { jql?: string; maxResults?: number };
    const [, key, label] = /^project = "(\w+)" AND labels = "([\w-]+)"/.exec(jql ?? '') ?? [];
    if (key === undefined) return refused({}, ['Error in the JQL Query']);
    const found = issues.filter(
      ({ fields, createdAt }) =>
        (fields['labels'] as string[]).includes(label ?? '') && now() - createdAt >= indexLagMs,
    );
    const shown = key === project ? found.slice(0, maxResults) : [];
    return {
      status: 200,
      body: { issues: shown.map(({ id, key: name }) => ({ id, key: name, fields: {} })), isLast: true },
    };
  }

  function create({ body }: Asked): Answer {
    const { fields = {} } = JSON.parse(body) as { fields?: Record<string, unknown> };
    const problems = fieldProblems(fields, options);
    if (Object.keys(problems).length > 0) return refused(problems);
    const number = issues.length + 1;
    const issue: Issue = {
      ...{ id: String(10_000 + number), key: `${project}-${number}`, fields: { labels: [], ...fields } },
      ...{ status: { name: 'To Do', category: 'new' }, comments: [], createdAt: now() },
    };
    issues.push(issue);
    return {
      status: 201,
      body: { id: issue.id, key: issue.key, self: `https://stand-in/rest/api/3/issue/${issue.id}` },
    };
  }

  function comment(issue: Issue, { method, query, body }: Asked): Answer {
    if (method === 'GET') {
      const ordered = query.get('orderBy') === '-created' ? issue.comments.toReversed() : issue.comments;
      const shown = ordered.slice(0, Number(query.get('maxResults') ?? COMMENTS_A_PAGE)).map((text) => ({
        body: { type: 'doc', version: 1, content: [{ type: 'paragraph', content: [{ type: 'text', text }] }] },
      }));
      return { status: 200, body: { comments: shown, total: issue.comments.length } };
    }
    const { body: document } = JSON.parse(body) as { body?: unknown };
    if (!isDocument(document)) return refused({ comment: 'Comment body is not valid!' });
    issue.comments.push(textOf(document));
    return { status: 201, body: { id: String(issue.comments.length) } };
  }

  function transition(issue: Issue, { method, body }: Asked): Answer {
    const open = issue.status.category === 'done' ? [] : TRANSITIONS;
    if (method === 'GET') return { status: 200, body: { transitions: open } };
    const { transition: wanted } = JSON.parse(body) as { transition?: { id?: string } };
    const found = open.find(({ id }) => id === wanted?.id);
    if (!found) return refused({}, ['It seems that you have tried to perform a workflow operation that is not valid.']);
    issue.status = { name: found.to.name, category: found.to.statusCategory.key };
    return { status: 204 };
  }

  function work(asked: Asked): Answer {
    const { authorization = '' } = asked.headers;
    const wanted = `Basic ${Buffer.from(`${user}:${token}`).toString('base64')}`;
    if (authorization !== wanted) return { status: 401, body: 'Client must be authenticated to access this resource.' };
    const path = asked.path.replace(/^\/rest\/api\/3/, '');
    if (path === '/search') return { status: 410, body: { errorMessages: ['The requested API has been removed.'] } };
    if (path === '/search/jql') return search(asked);
    if (path === '/issue' && asked.method === 'POST') return create(asked);
    const [, ref, part] = /^\/issue\/([\w-]+)(?:\/(\w+))?$/.exec(path) ?? [];
    const issue = issues.find(({ id, key }) => id === ref || key === ref);
    if (!issue)
      return {
        status: 404,
        body: { errorMessages: ['Issue does not exist or you do not have permission to see it.'], errors: {} },
      };
    if (part === 'comment') return comment(issue, asked);
    if (part === 'transitions') return transition(issue, asked);
    const { name, category } = issue.status;
    return {
      status: 200,
      body: { id: issue.id, key: issue.key, fields: { status: { name, statusCategory: { key: category } } } },
    };
  }

  return { ...(await serve(work)), issues };
}
