import { Fault } from '../../agent/protocol/fault';

/** Where OneDrive for work or school takes uploads: a tenant's own host in one of Microsoft's clouds. */
const HOSTS = ['.sharepoint.com', '.sharepoint.us', '.sharepoint.cn'];
const LOOPBACK = ['127.0.0.1', 'localhost', '[::1]'];
const UPLOAD_MS = 6_000;

function refused(code: string, say: string, cause?: unknown): Fault {
  return new Fault({
    code,
    say,
    todo: 'Press “Export” again. If it goes on, tell your administrator.',
    ...(cause instanceof Error && { cause }),
  });
}

/**
 * Whether a file may be sent there. The address comes with an activity; should Teams ever be made to name another, nothing
 * of the organisation leaves for it.
 * @param sandbox the stand-in for Teams listens on this machine
 */
export function mayUploadTo(address: string, { sandbox }: { sandbox: boolean }): boolean {
  let url: URL;
  try {
    url = new URL(address);
  } catch {
    return false;
  }
  if (url.username !== '' || url.password !== '') return false;
  if (sandbox) return LOOPBACK.includes(url.hostname);
  const tenants = HOSTS.some((host) => url.hostname.endsWith(host));
  return url.protocol === 'https:' && url.port === '' && tenants;
}

/**
 * Puts a file where Teams said: one PUT with the whole of it, as an upload session of OneDrive takes it
 * (driveItem: createUploadSession). No redirect is followed, and there is a time limit.
 * @throws Fault `file-place-odd`, `file-not-taken`
 */
export async function upload(address: string, bytes: Uint8Array, options: { sandbox: boolean }): Promise<void> {
  if (!mayUploadTo(address, options)) throw refused('file-place-odd', 'The place for the file is not a OneDrive.');
  let response: Response;
  try {
    response = await fetch(address, {
      method: 'PUT',
      redirect: 'error',
      headers: {
        'content-type': 'application/octet-stream',
        'content-range': `bytes 0-${bytes.length - 1}/${bytes.length}`,
      },
      body: bytes,
      signal: AbortSignal.timeout(UPLOAD_MS),
    });
    await response.body?.cancel();
  } catch (error) {
    throw refused('file-not-taken', 'The file could not be sent.', error);
  }
  if (response.status !== 200 && response.status !== 201)
    throw refused('file-not-taken', `The file was not taken (${response.status}).`);
}
