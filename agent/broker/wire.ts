import { type Socket } from 'node:net';
import { encodeFrame, type Frame, FrameError, frameReader, type FrameType } from './frames';

/** What a wire tells. */
export interface WireListener {
  /** One frame at a time: nothing more is read from the other side until this is done. */
  onFrame: (frame: Frame) => Promise<void> | void;
  /** It is over, told once: the other side left, broke the protocol (FrameError), or `onFrame` failed. */
  onEnd: (cause?: unknown) => void;
}

/** A connection that carries frames. */
export interface Wire {
  /** Rejects when the other side is gone. */
  send(type: FrameType, payload?: Uint8Array): Promise<void>;
  /** Lets what was sent leave, then closes; resolves when it is closed. May be called twice. */
  end(): Promise<void>;
}

const CLOSE_MS = 250;
/** Whoever does not read what it is sent is not served any longer. */
const MOST_UNREAD_BYTES = 256 * 1024;

/** Speaks frames over a socket. @param accepts what this side may be told at all */
export function openWire(socket: Socket, accepts: readonly FrameType[], listener: WireListener): Wire {
  const read = frameReader(accepts);
  let over = false;
  const finish = (cause?: unknown) => {
    if (over) return;
    over = true;
    listener.onEnd(cause);
  };
  const breakOff = (cause: unknown) => {
    finish(cause);
    socket.destroy();
  };
  const handle = async (chunk: Uint8Array) => {
    for (const frame of read(chunk)) {
      if (over) return;
      await listener.onFrame(frame);
    }
  };
  socket.setNoDelay(true);
  socket.on('data', (chunk: Buffer) => {
    if (over) return;
    socket.pause();
    handle(chunk).then(() => socket.resume(), breakOff);
  });
  socket.on('error', finish);
  socket.on('close', () => finish());

  return {
    send: (type, payload) =>
      new Promise((resolve, reject) => {
        if (socket.destroyed || over) return reject(new FrameError('the connection is closed'));
        if (socket.writableLength > MOST_UNREAD_BYTES) breakOff(new FrameError('the other side does not read'));
        socket.write(encodeFrame(type, payload), (error) => (error ? reject(error) : resolve()));
      }),
    end: () =>
      new Promise((resolve) => {
        over = true;
        if (socket.destroyed) return resolve();
        socket.once('close', () => resolve());
        socket.end(() => socket.destroy());
        setTimeout(() => socket.destroy(), CLOSE_MS).unref();
      }),
  };
}
