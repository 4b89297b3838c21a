import { Application, type TeamsAdapter, type TurnState } from '@microsoft/teams-ai';
import { type TurnContext } from 'botbuilder';
import { Fault } from '../../agent/protocol/fault';
import { type AdaptiveCard, errorCard, refusalCard, saidOf, wordsFor, type Words } from '../../cards';
import { catchUp, type Deps, memberOf } from '../service';
import { clicked } from './clicks';
import { type BotRequest, type BotResponse, processRequest } from './http';
import { TENANT_RECORD } from './messenger';
import { cardInvokeResponse, cardMessage, errorInvokeResponse } from './reply';
import { said } from './said';
import { type Click, executed, submitted } from './said-and-clicked';
import { type Speaker, speakerOf } from './who';

/** Teams shows "Unable to reach app" if an invoke takes longer than it likes. */
const ANSWER_WITHIN_MS = 3_000;
const SHOW_WITHIN_MS = 8_000;
/** For looking up a person's language only to say that something failed. */
const LANGUAGE_WITHIN_MS = 500;

export interface Bot {
  handle(request: BotRequest): Promise<BotResponse>;
}

function slow(): Fault {
  return new Fault({
    code: 'answer-slow',
    say: 'This is taking longer than usual. What you pressed is being worked on.',
    todo: 'Press Refresh in a moment to see where it stands.',
    retry: true,
  });
}

async function within<T>(ms: number, work: Promise<T>): Promise<T> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(() => {
      reject(slow());
    }, ms);
  });
  try {
    return await Promise.race([work, late]);
  } finally {
    clearTimeout(timer);
  }
}

/** Whether a request was sent to this machine under its own name: a Host header of loopback. */
function isLocal(host: string | undefined): boolean {
  return host !== undefined && /^(localhost|127\.0\.0\.1|\[::1\])(:\d+)?$/.test(host);
}

/** What a person sees of an error: our own words for ours, a plain sentence for any other; never an inner word. */
function faultCard(error: unknown, words: Words, click?: Click): AdaptiveCard {
  const ticket = click?.ticket && click.nonce ? { ticket: { id: click.ticket, nonce: click.nonce } } : {};
  if (!(error instanceof Fault)) return errorCard({ code: 'unexpected', ...ticket }, words);
  // A pass that comes too late for its reply is shown to nobody; the next one ends it.
  const code = error.code === 'answer-slow' && click?.verb === 'show' ? 'show-slow' : error.code;
  return errorCard({ code, say: error.say, todo: error.todo, ...ticket }, words);
}

/** Puts the bot together: teams-ai's Application over botbuilder's adapter, and one route of ours for every card button. */
export function createBot(adapter: TeamsAdapter | undefined, deps: Deps): Bot {
  const { settings, conversations, log } = deps;

  /** Remembers where the person can be written to, and tells their language. */
  async function remember(speaker: Speaker, chosen?: 'en' | 'de'): Promise<Words> {
    // Cards are posted where this points to: never to a group.
    if (!speaker.personal) return wordsFor(speaker.locale ?? settings.language);
    const { person, tenantId, conversationId, serviceUrl, botId, teamsUserId } = speaker;
    const before = await conversations.get(person);
    const locale = chosen ?? before?.locale ?? speaker.locale ?? settings.language;
    const now = { person, tenantId, conversationId, serviceUrl, botId, teamsUserId, locale };
    const same =
      before?.conversationId === conversationId && before.serviceUrl === serviceUrl && before.locale === locale;
    if (!same) await Promise.all([conversations.put(now), conversations.put({ ...now, person: TENANT_RECORD })]);
    return wordsFor(locale);
  }

  async function askerFor(speaker: Speaker) {
    // Nobody is remembered who is not a member: what is remembered decides where cards go.
    const member = await memberOf(deps, speaker.person);
    const words = await remember(speaker);
    return { deps, member, words };
  }

  async function answerClick(speaker: Speaker, click: Click): Promise<AdaptiveCard> {
    const limit = click.verb === 'show' ? SHOW_WITHIN_MS : ANSWER_WITHIN_MS;
    return within(
      limit,
      askerFor(speaker).then((asker) => clicked(asker, click)),
    );
  }

  function speakerIn(context: TurnContext): Speaker | undefined {
    const speaker = speakerOf(context.activity, settings);
    if (typeof speaker === 'object') return speaker;
    log('activity-refused', { why: speaker });
    return undefined;
  }

  function logged(error: unknown): unknown {
    const code = error instanceof Fault ? error.code : 'unexpected';
    log('turn-failed', {
      code,
      ...(error instanceof Fault ? {} : { error: error instanceof Error ? error.message : 'unknown' }),
    });
    return error;
  }

  async function onInvoke(context: TurnContext): Promise<void> {
    const speaker = speakerIn(context);
    if (!speaker) {
      await context.sendActivity(
        errorInvokeResponse(
          400,
          'refused',
          saidOf('not-a-member', undefined, wordsFor(settings.language))?.say ?? 'Refused.',
        ),
      );
      return;
    }
    const click = executed(context.activity);
    if (!click) {
      const { generic } = wordsFor(speaker.locale).refusal;
      await context.sendActivity(errorInvokeResponse(400, 'bad-request', generic));
      return;
    }
    try {
      if (!speaker.personal) {
        const card = refusalCard({ code: 'personal-only' }, wordsFor(speaker.locale));
        await context.sendActivity(cardInvokeResponse(card));
        return;
      }
      await context.sendActivity(cardInvokeResponse(await answerClick(speaker, click)));
    } catch (error) {
      logged(error);
      const known = await within(LANGUAGE_WITHIN_MS, conversations.get(speaker.person)).catch(() => undefined);
      const words = wordsFor(known?.locale ?? speaker.locale);
      await context.sendActivity(cardInvokeResponse(faultCard(error, words, click)));
    }
  }

  async function onMessage(context: TurnContext): Promise<void> {
    const speaker = speakerIn(context);
    if (!speaker) return;
    let words = wordsFor(speaker.locale);
    try {
      if (!speaker.personal) {
        // What tickets say is for one person: in a group the bot speaks of nothing.
        await context.sendActivity(cardMessage(refusalCard({ code: 'personal-only' }, words)));
        return;
      }
      const asker = await askerFor(speaker);
      words = asker.words;
      const { text, id } = context.activity;
      const value: unknown = context.activity.value;
      const click = value === undefined || value === null ? undefined : submitted(context.activity);
      if (click) {
        await context.sendActivity(cardMessage(await clicked(asker, click)));
        return;
      }
      const { card, language } = await said(asker, typeof text === 'string' ? text : '', id ?? '');
      if (language) await remember(speaker, language);
      await context.sendActivity(cardMessage(card));
    } catch (error) {
      await context.sendActivity(cardMessage(faultCard(logged(error), words)));
    }
  }

  /** The app was installed for a person: from now on they can be written to. Said hello once, not at each repeat. */
  async function onInstalled(context: TurnContext): Promise<void> {
    const speaker = speakerIn(context);
    if (!speaker?.personal || context.activity.action === 'remove') return;
    let words = wordsFor(speaker.locale);
    try {
      const met = await conversations.get(speaker.person);
      const asker = await askerFor(speaker);
      words = asker.words;
      if (met?.conversationId === speaker.conversationId) return;
      const { card } = await said(asker, '', '');
      await context.sendActivity(cardMessage(card));
      await catchUp(deps, asker.member);
    } catch (error) {
      await context.sendActivity(cardMessage(faultCard(logged(error), words)));
    }
  }

  if (!adapter) return { handle: async () => ({ status: 503, body: { error: { code: 'bot-not-configured' } } }) };

  const application = new Application<TurnState>({
    adapter,
    startTypingTimer: false,
    ...(settings.appId && { botAppId: settings.appId }),
  });
  const isCardAction = async (context: TurnContext) =>
    context.activity.type === 'invoke' && context.activity.name === 'adaptiveCard/action';
  application.addRoute(isCardAction, onInvoke, true);
  application.activity('installationUpdate', onInstalled);
  application.activity('message', onMessage);
  application.error(async (context, error) => {
    logged(error);
    if (context.activity.type !== 'invoke') return;
    await context.sendActivity(
      errorInvokeResponse(500, 'unexpected', wordsFor(context.activity.locale).refusal.generic),
    );
  });

  return {
    handle: async (request) => {
      // Unsigned activities are for the Agents Playground on this machine alone.
      if (settings.sandbox?.unsigned && !isLocal(request.headers['host']))
        return { status: 401, body: { error: { code: 'unauthorized' } } };
      return processRequest(
        adapter,
        request,
        async (context) => {
          await application.run(context);
        },
        log,
      );
    },
  };
}
