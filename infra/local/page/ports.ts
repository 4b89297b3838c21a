/** Stops a subscription. */
export type Stop = () => void;

/** A passkey as Entra shows it. */
export interface AccountPasskey {
  id: string;
  name: string;
  model: string;
  /** ISO 8601. */
  createdAt: string;
}

/** A Temporary Access Pass; its value is never here. */
export interface AccountPass {
  state: 'usable' | 'not-yet' | 'used' | 'expired';
  startsAt: string;
  endsAt: string;
  once: boolean;
}

export interface AccountSignIn {
  id: string;
  at: string;
  ok: boolean;
  /** `Passkey (device-bound)`, `Temporary Access Pass` … */
  method: string;
  app: string;
  /** Why it failed; empty for a success. */
  reason: string;
}

/** What Entra knows of one account. */
export interface AccountView {
  userId: string;
  name: string;
  upn: string;
  enabled: boolean;
  passkeys: readonly AccountPasskey[];
  pass?: AccountPass;
  /** Every other method, in words. */
  otherMethods: readonly string[];
  /** Newest first. */
  signIns: readonly AccountSignIn[];
}

/** What came of an attempt, in a sentence for the person at the page. */
export interface Attempt {
  ok: boolean;
  say: string;
  /** A browser session that may add a security key at Security info. */
  session?: string;
}

/** The stand-in for Entra, as a person meets it. */
export interface EntraPort {
  view(userId: string): Promise<AccountView>;
  signInWithPass(userId: string, pass: string): Promise<Attempt>;
  /** Asks the key that is plugged in; returns once it was touched, or gives up. */
  signInWithKey(userId: string, options: { pin: string }): Promise<Attempt>;
  /** Adds the key that is plugged in, in a session that `signInWithPass` gave. */
  registerAtSecurityInfo(userId: string, session: string, options: { pin: string; name: string }): Promise<Attempt>;
  subscribe(changed: () => void): Stop;
}

export interface KeyState {
  plugged: boolean;
  /** `blinking` asks for a touch. */
  light: 'off' | 'blinking' | 'on';
  /** `Virtual Key, AAGUID …`. */
  model: string;
}

/** The security key on the desk. */
export interface KeyPort {
  state(): KeyState;
  touch(): void;
  /** false pulls it out, true plugs it in. */
  power(on: boolean): Promise<void>;
  subscribe(changed: () => void): Stop;
}

export interface TerminalLine {
  /** Counts up; a page asks for nothing twice. */
  n: number;
  /** `in`: what the person typed (never a PIN); `note`: the sandbox's own words. */
  from: 'out' | 'err' | 'in' | 'note';
  text: string;
}

export interface WorkstationState {
  /** The last few hundred, oldest first. */
  lines: readonly TerminalLine[];
  running: boolean;
  /** The agent waits for a line; `masked`: it is a PIN, which the page hides and nobody records. */
  prompt?: { label: string; masked: boolean };
  /** What can be started. */
  commands: readonly { id: string; label: string }[];
}

/** The agent's terminal on the workstation. */
export interface WorkstationPort {
  state(): WorkstationState;
  /** @param command One of `commands`, by id. */
  start(command: string): Promise<void>;
  /** One line, without its end. */
  write(text: string): void;
  stop(): Promise<void>;
  subscribe(changed: () => void): Stop;
}

export interface Mail {
  id: string;
  at: string;
  to: string;
  subject: string;
  text: string;
}

/** Every mailbox of the tenant at once. */
export interface MailPort {
  /** Newest first. */
  mails(): readonly Mail[];
  subscribe(changed: () => void): Stop;
}
