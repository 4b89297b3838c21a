import { createServer, type IncomingMessage, type Server } from 'node:http';
import { mayUploadTo, upload } from './upload';

describe('where a file may be sent', () => {
  const product = { sandbox: false };
  test.each<[string, boolean]>([
    ['https://contoso-my.sharepoint.com/personal/helen/_api/v2.0/drive/items/1/uploadSession?guid=1', true],
    ['https://contoso.sharepoint.us/x', true],
    ['http://contoso-my.sharepoint.com/x', false],
    ['https://contoso-my.sharepoint.com:8443/x', false],
    ['https://user:pass@contoso-my.sharepoint.com/x', false],
    ['https://sharepoint.com/x', false],
    ['https://sharepoint.com.evil.example/x', false],
    ['https://evilsharepoint.com/x', false],
    ['https://evil.example/?contoso.sharepoint.com', false],
    ['https://evil.example#.sharepoint.com', false],
    ['https://evil.example\\.sharepoint.com', false],
    ['https://127.0.0.1/x', false],
    ['https://169.254.169.254/metadata', false],
    ['file:///etc/passwd', false],
    ['no address', false],
  ])('%s', (address, may) => {
    expect(mayUploadTo(address, product)).toBe(may);
  });

  test('in the sandbox only to this machine', () => {
    const sandbox = { sandbox: true };
    expect(mayUploadTo('http://127.0.0.1:5000/upload/1', sandbox)).toBe(true);
    expect(mayUploadTo('https://contoso-my.sharepoint.com/x', sandbox)).toBe(false);
  });
});

describe('sending it', () => {
  const bytes = Buffer.from('a,b\r\n');
  const sandbox = { sandbox: true };
  let server: Server;
  let got: { request: IncomingMessage; body: string }[];
  let answer: { status: number; headers?: Record<string, string> };

  beforeEach(async () => {
    got = [];
    answer = { status: 201 };
    server = createServer((request, response) => {
      let body = '';
      request.on('data', (chunk: Buffer) => (body += chunk.toString('utf8')));
      request.on('end', () => {
        got.push({ request, body });
        response.writeHead(answer.status, answer.headers).end('{}');
      });
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  });
  afterEach(async () => {
    server.closeAllConnections();
    await new Promise((resolve) => server.close(resolve));
  });
  const address = () => {
    const at = server.address();
    return `http://127.0.0.1:${typeof at === 'object' && at ? at.port : 0}/upload`;
  };

  test('one PUT with the whole of it, as an upload session takes it', async () => {
    await upload(address(), bytes, sandbox);
    expect(got).toHaveLength(1);
    expect(got[0]!.body).toBe('a,b\r\n');
    expect(got[0]!.request.method).toBe('PUT');
    expect(got[0]!.request.headers['content-range']).toBe('bytes 0-4/5');
    expect(got[0]!.request.headers.authorization).toBeUndefined();
  });

  test.each([
    ['a redirect is not followed', { status: 307, headers: { location: '/elsewhere' } }],
    ['it was not taken', { status: 403 }],
    ['only a part was taken', { status: 202 }],
  ])('%s', async (_, reply) => {
    answer = reply;
    await expect(upload(address(), bytes, sandbox)).rejects.toMatchObject({ code: 'file-not-taken' });
    expect(got).toHaveLength(1);
  });

  test('nothing is sent to a place that is not a OneDrive', async () => {
    await expect(upload(address(), bytes, { sandbox: false })).rejects.toMatchObject({ code: 'file-place-odd' });
    expect(got).toHaveLength(0);
  });
});
