import { z } from 'zod';
import { wordsFor } from '../../../../cards';
import { type Sample } from '../../../cards/sample';
import { samples } from '../../../cards/samples';
import { listen, readBody, sendJson } from '../../teams/http';
import { type TeamsStandIn } from '../../teams';

const activitySchema = z.object({
  type: z.string(),
  text: z.string().optional(),
  locale: z.string().default('en'),
  conversation: z.object({ id: z.string() }),
  value: z.object({ action: z.object({ verb: z.string() }) }).optional(),
});
type Activity = z.infer<typeof activitySchema>;

const THINKS_MS = 700;
const find = (name: string): Sample | undefined => samples().find((sample) => sample.name.startsWith(name));
const pause = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms));

/** What a click on one of our verbs is answered with, so that every way of answering can be looked at. */
function reply(activity: Activity): unknown {
  const verb = activity.value?.action.verb ?? '';
  const card = (name: string) => ({
    statusCode: 200,
    type: 'application/vnd.microsoft.card.adaptive',
    value: find(name)?.draw(wordsFor(activity.locale)),
  });
  if (verb === 'approve') return card('approval: code');
  if (verb === 'show') return card('pass: own');
  if (verb === 'ask') return card('request: me');
  if (verb === 'deny') {
    const value = { code: 'denial-reason-missing', message: 'Please say why, so that the requester knows.' };
    return { statusCode: 400, type: 'application/vnd.microsoft.error', value };
  }
  return { statusCode: 200, type: 'application/vnd.microsoft.activity.message', value: `You pressed “${verb}”.` };
}

/** A bot without a memory that shows the sample card whose name is typed; `list` names them all. It checks no token. */
export async function startSampleBot(teams: TeamsStandIn) {
  const post = async (conversation: string, activity: object): Promise<void> => {
    const { ToChannelFromBotLoginUrl: login, MicrosoftAppId, MicrosoftAppPassword } = teams.bot;
    const form = new URLSearchParams({
      grant_type: 'client_credentials',
      client_id: MicrosoftAppId,
      client_secret: MicrosoftAppPassword,
    });
    const granted = await fetch(`${login}/oauth2/v2.0/token`, { method: 'POST', body: form });
    const { access_token: token } = z.object({ access_token: z.string() }).parse(await granted.json());
    await fetch(`${teams.serviceUrl}v3/conversations/${encodeURIComponent(conversation)}/activities`, {
      method: 'POST',
      headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json' },
      body: JSON.stringify({ type: 'message', ...activity }),
    });
  };

  const answer = async ({ text = '', locale, conversation }: Activity): Promise<void> => {
    const wanted = text === 'hi' || text === 'help' ? 'home: first' : text;
    const sample = find(wanted);
    await post(conversation.id, { type: 'typing' });
    await pause(THINKS_MS);
    if (!sample)
      return post(conversation.id, {
        text: samples()
          .map(({ name }) => `- ${name}`)
          .join('\n'),
      });
    const content = sample.draw(wordsFor(locale));
    return post(conversation.id, {
      attachments: [{ contentType: 'application/vnd.microsoft.card.adaptive', content }],
    });
  };

  const server = await listen(0, (request, response) => {
    void (async () => {
      const raw = await readBody(request);
      const activity = activitySchema.parse(JSON.parse(raw?.toString('utf8') ?? ''));
      if (activity.type === 'invoke') await pause(THINKS_MS);
      if (activity.type === 'message') await answer(activity);
      sendJson(response, 200, activity.type === 'invoke' ? reply(activity) : {});
    })();
  });
  return { url: `${server.url}/api/messages`, close: server.close };
}
