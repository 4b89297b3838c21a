import { setTimeout as sleep } from 'node:timers/promises';
import { Application, type TeamsAdapter, type TurnState } from '@microsoft/teams-ai';
import { type TurnContext } from 'botbuilder';
import { Fault } from '../../agent/protocol/fault';
import { type AdaptiveCard, errorCard, refusalCard, saidOf, wordsFor, type Words } from '../../cards';
import { catchUp, type Deps, memberOf } from '../service';
import { clicked } from './clicks';
import { type Asker } from './desk';
import { searched } from './extension';
import { clickedInGroup, isMentioned, saidInGroup } from './group';
import { fileConsented, isFileConsent } from './file-consent';
import { type BotRequest, type BotResponse, processRequest } from './http';
import { placeLeft } from './left';
import { TENANT_RECORD } from './messenger';
import { createRefresh } from './refresh';
import { patiently } from './retrying';
import { cardInvokeResponse, cardMessage, errorInvokeResponse, searchInvokeResponse } from './reply';
import { said } from './said';
import { type Click, executed, isAutomatic, submitted } from './said-and-clicked';
import { type Speaker, speakerOf } from './who';
import { within } from './within';

/** Teams shows "Unable to reach app" if an invoke takes longer than it likes. */
const ANSWER_WITHIN_MS = 3_000;
const SHOW_WITHIN_MS = 8_000;
/** A file is made and sent while Teams waits for the answer, of which it takes none after fifteen seconds. */
const FILE_WITHIN_MS = 12_000;
/** For looking up a person's language only to say that something failed. */
const LANGUAGE_WITHIN_MS = 500;

export interface Bot {
  handle(request: BotRequest): Promise<BotResponse>;
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
  const refresh = createRefresh(deps);

  /** Remembers where the person can be written to, and tells their language. */
  async function remember(speaker: Speaker, chosen?: 'en' | 'de'): Promise<Words> {
    // Cards of one person are posted where this points to: never to a group.
    if (!speaker.personal)
      return wordsFor((await conversations.get(speaker.person))?.locale ?? speaker.locale ?? settings.language);
    const { person, tenantId, conversationId, serviceUrl, botId, teamsUserId } = speaker;
    const before = await conversations.get(person);
    const locale = chosen ?? before?.locale ?? speaker.locale ?? settings.language;
    const now = { person, tenantId, conversationId, serviceUrl, botId, teamsUserId, locale };
    const same =
      before?.conversationId === conversationId &&
      before.serviceUrl === serviceUrl &&
      before.locale === locale &&
      before.teamsUserId === teamsUserId;
    if (!same) await Promise.all([conversations.put(now), conversations.put({ ...now, person: TENANT_RECORD })]);
    return wordsFor(locale);
  }

  async function askerFor(speaker: Speaker): Promise<Asker> {
    const at = deps.now().toISOString();
    // Nobody is remembered who is not a member: what is remembered decides where cards go.
    const member = await memberOf(deps, speaker.person);
    const words = await remember(speaker);
    const { timeZone, teamsUserId } = speaker;
    return { deps, member, words, at, teamsUserId, ...(timeZone && { timeZone }) };
  }

  /** @returns undefined where there is nothing to say: in a group, to a click that came as a message */
  async function answerClick(speaker: Speaker, click: Click): Promise<AdaptiveCard | undefined> {
    // In a group only cards of tickets and of the queue have buttons.
    if (!speaker.personal && click.ticket === undefined && click.verb !== 'queue') return undefined;
    const limit = click.verb === 'show' ? SHOW_WITHIN_MS : ANSWER_WITHIN_MS;
    return within(
      limit,
      askerFor(speaker).then((asker) =>
        speaker.personal ? clicked(asker, click) : clickedInGroup(asker, speaker, click),
      ),
    );
  }

  /** A client that shows a card asks how it stands. Where there is nothing better to say, what stands there stays. */
  async function onRefresh(context: TurnContext, speaker: Speaker, click: Click): Promise<void> {
    const card = await within(ANSWER_WITHIN_MS, refresh(speaker, click)).catch((error: unknown) => {
      logged(error);
    });
    const stays = errorInvokeResponse(400, 'card-stays', wordsFor(speaker.locale).refusal.generic);
    await context.sendActivity(card ? cardInvokeResponse(card) : stays);
  }

  async function onSearch(context: TurnContext): Promise<void> {
    const speaker = speakerIn(context);
    const refused = saidOf('not-a-member', undefined, wordsFor(settings.language))?.say ?? 'Refused.';
    const found = speaker ? await searched(deps, speaker, context.activity) : { type: 'message', text: refused };
    await context.sendActivity(searchInvokeResponse(found));
  }

  /** A yes or no to the offer of a file, in the person's own chat. */
  async function onFileConsent(context: TurnContext): Promise<void> {
    const speaker = speakerIn(context);
    try {
      if (speaker?.personal)
        await within(
          FILE_WITHIN_MS,
          askerFor(speaker).then((asker) => fileConsented(asker, context)),
        );
    } catch (error) {
      await context.sendActivity(cardMessage(faultCard(logged(error), wordsFor(speaker?.locale))));
    }
    await context.sendActivity({ type: 'invokeResponse', value: { status: 200, body: {} } });
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
    if (isAutomatic(context.activity)) return onRefresh(context, speaker, click);
    try {
      const card =
        (await answerClick(speaker, click)) ?? refusalCard({ code: 'personal-only' }, wordsFor(speaker.locale));
      await context.sendActivity(cardInvokeResponse(card));
    } catch (error) {
      logged(error);
      const known = await within(LANGUAGE_WITHIN_MS, conversations.get(speaker.person)).catch(() => undefined);
      const words = wordsFor(known?.locale ?? speaker.locale);
      await context.sendActivity(cardInvokeResponse(faultCard(error, words, click)));
    }
  }

  /** In a group chat or channel: what mentions the bot, and clicks of clients that know no Action.Execute. */
  async function onGroupMessage(context: TurnContext, speaker: Speaker): Promise<void> {
    const { text, id } = context.activity;
    const click = submitted(context.activity);
    if (!click && !isMentioned(context.activity, speaker)) return;
    let words = wordsFor(speaker.locale);
    try {
      const asker = await askerFor(speaker);
      words = asker.words;
      const card = click
        ? await clickedInGroup(asker, speaker, click)
        : await saidInGroup(asker, speaker, typeof text === 'string' ? text : '', id ?? '');
      if (card) await context.sendActivity(cardMessage(card));
    } catch (error) {
      await context.sendActivity(cardMessage(faultCard(logged(error), words)));
    }
  }

  /** The bot was taken out of a group chat or team, or a channel is gone: nothing is posted there any more. */
  async function onLeft(context: TurnContext): Promise<void> {
    const speaker = speakerIn(context);
    const left = speaker && placeLeft(context.activity, speaker);
    if (left !== undefined) await conversations.removePlace(left);
  }

  async function onMessage(context: TurnContext): Promise<void> {
    const speaker = speakerIn(context);
    if (!speaker) return;
    if (!speaker.personal) return onGroupMessage(context, speaker);
    let words = wordsFor(speaker.locale);
    try {
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
    if (speaker?.personal === false) return onLeft(context);
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
  application.addRoute(async (context) => isFileConsent(context), onFileConsent, true);
  const isSearch = async (context: TurnContext) =>
    context.activity.type === 'invoke' && context.activity.name === 'composeExtension/query';
  application.addRoute(isSearch, onSearch, true);
  application.activity('conversationUpdate', onLeft);
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
          // Answers that go out as messages wait for Teams as posts do; what an invoke is answered is the request's own reply.
          context.onSendActivities((_context, activities, send) =>
            activities.every(({ type }) => type === 'invokeResponse')
              ? send()
              : patiently(adapter, context.activity.conversation.id, send, sleep),
          );
          await application.run(context);
        },
        log,
      );
    },
  };
}
