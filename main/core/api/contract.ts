import type { AuditActor } from '#core/audit/chain.ts';
import type { Migration } from '#core/db/migrations/migration.ts';
import type { MethodKind } from '#shared/api/define.ts';
import type { CoreEvent, Envelope } from '#shared/api/envelope.ts';
import type { Role, SafetyDuty } from '#shared/api/rights.ts';
import type { LedgerSpec } from '#shared/ledgers/describe.ts';

/** The two long-lived parts of the core: one owns the writing connection, one the reading connection and drafts. */
export type Duty = 'writer' | 'reader';

export function dutyOf(kind: MethodKind): Duty {
  return kind === 'query' || kind === 'draft' ? 'reader' : 'writer';
}

/** Who asks and what files he may name. `grants` maps an opaque token to an absolute path. */
export type CallContext = {
  /** Unique for the call; named in progress events and used to cancel. */
  call: string;
  token: string | null;
  grants: Readonly<Record<string, string>>;
};

/** What the parts say to each other. Keys cross only between threads of this process, never to a window. */
export type PeerMessage =
  | { is: 'opened'; folder: string; key: Uint8Array }
  | { is: 'closed' }
  | { is: 'stripped' }
  | { is: 'session'; token: string; session: StoredSession | null }
  | { is: 'audit'; entries: readonly AuditEntry[] };

export type StoredSession = {
  token: string;
  accountId: string;
  account: string;
  /** As they stand in the ledger at the moment of the call. */
  role: Role;
  duties: readonly SafetyDuty[];
  /** Held beside them and not in force (`undividedIn`). */
  idleDuties: readonly SafetyDuty[];
  /** The unit whose records, with those below it, the account sees. */
  unitId: string;
  unitCode: string;
  /** The registers it sees; null for all. */
  ledgers: readonly string[] | null;
  /** The password was set by somebody else and must be changed before anything. */
  mustChange: boolean;
  isLocked: boolean;
  /** Milliseconds of `monotonicMs` up to which the password counts as just typed. */
  confirmedUntil: number;
  /** Milliseconds of `monotonicMs` up to which names and numbers are shown whole; a reason was given for it. */
  wholeUntil: number;
};

/** What the log keeps of an act: names of fields and ids of versions, never values. */
export type AuditNote = {
  action: string;
  ledger: string | null;
  recordId: string | null;
  version: string | null;
  detail: Record<string, string | number | boolean | string[]>;
};

/** A note with who and when, ready for the chain. */
export type AuditEntry = AuditActor & { at: string; note: AuditNote };

/** The link from one part to the other; `request` resolves when the other part has acted on it. */
export type Peer = {
  request(message: PeerMessage): Promise<void>;
  /** Sets what this part does with the other's messages. */
  serve(handler: (message: PeerMessage) => Promise<void>): void;
};

/**
 * Work that must not stand in the way of the long-lived threads (documents, spreadsheets, key derivation, the check
 * of a backup). Inputs and outputs can be cloned; the names are those of `helperTasks` in api/helper-tasks.ts.
 */
export type HelperRunner = (task: string, input: unknown, limits?: HelperLimits) => Promise<unknown>;

/**
 * Tasks that take minutes of a large ledger while people go on working: whatever they do gives way to the window and to
 * the long-lived threads, as far as the system can tell one thread from another.
 */
export const unhurriedTasks: ReadonlySet<string> = new Set([
  'backup.make',
  'backup.second',
  'backup.drill',
  'ledger.verify',
]);

/** A task that is not done by then is ended; it counts from when it begins, not while it waits for its turn. */
export type HelperLimits = { ms: number };

export type CoreEnv = {
  /** Absolute path of the data folder. */
  folder: string;
  /** Absolute path of the seeds shipped with the program. */
  seeds: string;
  /** Absolute path of the native file of the driver; without it the driver finds its own. */
  nativeBinding?: string;
  /** Version of the program, as package.json says. */
  version: string;
  now(): Date;
  helper: HelperRunner;
  emit(event: CoreEvent): void;
  /** By what name people know this machine; without it the computer's own. */
  machine?: string;
  /** Copies are made hourly and at the end without being asked. */
  automaticBackups?: boolean;
  /** Registers and schema steps besides those of the program; only tests give them. */
  extra?: { ledgers: readonly LedgerSpec[]; migrations: readonly Migration[] };
  /** Cost of the key derivation for a new key file; tests lower it. */
  kdfCost?: number;
};

/** One part (or, for tests and the command line, both behind one door). */
export type Core = {
  call(method: string, input: unknown, context: CallContext): Promise<Envelope<unknown>>;
  /** Asks the running job to stop; nothing is kept of it. */
  cancel(call: string): void;
  /** Refuses new calls, waits for the running ones, closes every connection. */
  close(): Promise<void>;
};
