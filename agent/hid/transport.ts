/** Bytes in one report, in each direction (CTAP 2.1 §11.2.8.1 for USB full speed). */
export const REPORT_BYTES = 64;

/** What a transport tells its reader. */
export interface TransportEvents {
  /** One report as it came, mostly {@link REPORT_BYTES} long; nothing is promised about what is in it. */
  onReport: (report: Uint8Array) => void;
  /** The key is gone: unplugged, the socket closed, the handle lost. Told once, and never after `close`. */
  onGone: (cause?: unknown) => void;
}

/** An open line to one key that carries 64-byte reports and knows nothing of what they mean. */
export interface Transport {
  /** Sends one report of exactly {@link REPORT_BYTES}. Rejects when the key is gone. */
  write(report: Uint8Array): Promise<void>;
  /** Gives the line back. May be called twice. */
  close(): Promise<void>;
}

/** Opens the line. Rejects with a Fault that says why not (`key-gone`, `key-access-denied`, …). */
export type OpenTransport = (events: TransportEvents) => Promise<Transport>;
