import { Fault } from '../../agent/protocol/fault';

const CODE = 'answer-slow';

function slow(): Fault {
  return new Fault({
    code: CODE,
    say: 'This is taking longer than usual. What you pressed is being worked on.',
    todo: 'Press Refresh in a moment to see where it stands.',
    retry: true,
  });
}

export function late(error: unknown): boolean {
  return error instanceof Fault && error.code === CODE;
}

/** Waits so many milliseconds for a work, which goes on after that. @throws Fault `answer-slow` */
export async function within<T>(ms: number, work: Promise<T>): Promise<T> {
  let timer: NodeJS.Timeout | undefined;
  const over = new Promise<never>((_, reject) => {
    timer = setTimeout(() => {
      reject(slow());
    }, ms);
  });
  try {
    return await Promise.race([work, over]);
  } finally {
    clearTimeout(timer);
  }
}
