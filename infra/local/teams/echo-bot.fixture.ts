import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import { type AddressInfo } from 'node:net';
import { CloudAdapter, ConfigurationBotFrameworkAuthentication, type TurnContext } from 'botbuilder';
import { ServiceClientCredentialsFactory } from 'botframework-connector';
import { type BotSettings } from './bot-settings';

type Credentials = Awaited<ReturnType<ServiceClientCredentialsFactory['createCredentials']>>;

/** Gets the bot's token from a login that speaks plain http, which Microsoft's own library refuses to do. */
class LoopbackCredentials extends ServiceClientCredentialsFactory {
  constructor(
    private readonly settings: BotSettings,
    private readonly password: string,
  ) {
    super();
  }
  override async isValidAppId(appId: string): Promise<boolean> {
    return appId === this.settings.MicrosoftAppId;
  }
  override async isAuthenticationDisabled(): Promise<boolean> {
    return false;
  }
  override async createCredentials(appId: string, audience: string | undefined, login: string): Promise<Credentials> {
    return {
      signRequest: async (request) => {
        const reply = await fetch(`${login}/oauth2/v2.0/token`, {
          method: 'POST',
          body: new URLSearchParams({
            grant_type: 'client_credentials',
            client_id: appId,
            client_secret: this.password,
            scope: `${audience ?? ''}/.default`,
          }),
        });
        const { access_token: token } = (await reply.json()) as { access_token?: string };
        request.headers.set('authorization', `Bearer ${token ?? 'none'}`);
        return request;
      },
    };
  }
}

export interface EchoBot {
  url: string;
  /** The real botbuilder adapter, for proactive calls. */
  adapter: CloudAdapter;
  close(): Promise<void>;
}

/** A bot on the real botbuilder, with its real check of tokens. */
export async function startEchoBot(
  settings: BotSettings,
  turn: (context: TurnContext) => Promise<void>,
  password = settings.MicrosoftAppPassword,
): Promise<EchoBot> {
  const authentication = new ConfigurationBotFrameworkAuthentication(
    { ...settings },
    new LoopbackCredentials(settings, password),
  );
  const adapter = new CloudAdapter(authentication);
  adapter.onTurnError = async (_context, error) => {
    throw error;
  };
  const handle = async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    const chunks: Buffer[] = [];
    for await (const chunk of request as AsyncIterable<Buffer>) chunks.push(chunk);
    const reply = {
      socket: response.socket,
      header: (name: string, value: string) => response.setHeader(name, value),
      status: (code: number) => (response.statusCode = code),
      send: (body: unknown) => response.write(typeof body === 'string' ? body : JSON.stringify(body)),
      end: () => response.end(),
    };
    const body = JSON.parse(Buffer.concat(chunks).toString('utf8')) as Record<string, unknown>;
    await adapter
      .process({ body, headers: request.headers, method: 'POST' }, reply, turn)
      .catch(() => response.writeHead(500).end());
  };
  const server: Server = createServer((request, response) => void handle(request, response));
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/api/messages`,
    adapter,
    close: () =>
      new Promise((resolve) => {
        server.close(() => {
          resolve();
        });
        server.closeAllConnections();
      }),
  };
}
