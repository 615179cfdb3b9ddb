import type { z } from 'zod';
import type { AuditPlace } from '#core/audit/chain.ts';
import type { LogReadings } from '#core/audit/log-reading.ts';
import type { Connection, ReadDb, WriteDb } from '#core/db/connection.ts';
import type { NameReader } from '#core/ledgers/name-reader.ts';
import type { Registry } from '#core/ledgers/registry.ts';
import type { IndexContext, WriteContext } from '#core/ledgers/store.ts';
import type { Veil } from '#core/ledgers/veil.ts';
import type { Signer } from '#core/security/signer.ts';
import type { ShippedMappings } from '#core/settings/code-mappings.ts';
import type { MethodName, Methods } from '#shared/api/methods.ts';
import type { Scalar } from '#shared/api/types.ts';
import type { CodeListShown } from '#shared/domain/code-edition.ts';
import type { CodeList } from '#shared/domain/code-list.ts';
import type { DecidedMapping } from '#shared/domain/code-mapping.ts';
import type { Phrase } from '#shared/domain/phrase.ts';
import type { LabelContext } from '#shared/kinds/kind.ts';
import type { AuditNote, CallContext, CoreEnv, StoredSession } from './contract.ts';
import type { Scope } from './scope.ts';
import type { SealingAtHand } from './vault.ts';

/** What every handler of a part has at hand. */
export type Kit = {
  env: CoreEnv;
  /** The data folder in use. */
  folder(): string;
  registry: Registry;
  /** The lists as the program ships them, and as they are here: with the unit's own editions. */
  shipped: readonly CodeList[];
  lists(): readonly CodeListShown[];
  /** Mappings to published lists: as the program ships them, and with what the unit said of them. */
  shippedMappings: ShippedMappings;
  mappings(): readonly DecidedMapping[];
  /** Reads the unit's editions and optional fields anew if somebody changed them; asked at the start of every call. */
  renewLists(db: ReadDb): void;
  /** Phrases that come with the program. */
  phrases(): readonly Phrase[];
  /** Readings of names for both indexes, kept between calls. */
  names: NameReader;
  hasCode(list: string, code: string, on: string): boolean;
  labels(db: ReadDb): LabelContext;
  unitCodeOf(db: ReadDb, unitId: string): string;
  /** What the indexes are made from besides the records. */
  indexContext(db: ReadDb): IndexContext;
  hasRecord(db: ReadDb, ledger: string, id: string): boolean;
  /** One field of a record by its ledger and id; null where there is no such record. */
  /** Where an entry of the log is made: this installation, this machine. */
  place(db: ReadDb): AuditPlace;
  /** Logs of other units that somebody is reading. */
  logReadings: LogReadings;
  valueOf(db: ReadDb, ledger: string, id: string, field: string): Scalar;
  /** Instant as ISO 8601, and the calendar day in China (UTC+8 by law, whatever the PC is set to). */
  at(): string;
  today(): string;
};

/** Files the caller named; paths exist only here. */
export type Files = {
  /** Path behind a token. Throws `grant-unknown`. */
  path(grant: string): string;
  /** All bytes. Throws `file-missing`, `file-unreadable`, `file-too-large`. */
  read(grant: string, limitMb: number): Uint8Array;
  /**
   * Writes to a temporary file and renames; with `beside` a further file next to the one named, called after it.
   * Throws `file-exists` without `overwrite`, `file-unwritable`, `disk-full`.
   */
  write(grant: string, bytes: Uint8Array, options: { overwrite: boolean; beside?: string }): string;
  /** The same for what comes part by part; nothing of it stays where the call comes to nothing. */
  begin(grant: string, options: { overwrite: boolean }): Writing;
  /**
   * Something else is about to be written there: so that the log comes to name it also where the program dies before it
   * does. Gives what ends that where nothing of it is left.
   */
  leaves(at: string): () => void;
};

export type Writing = {
  add(bytes: Uint8Array): void;
  /** SHA-256 of all that was added so far, in hexadecimal digits. */
  digest(): string;
  /** Adds the last part, flushes it all and gives it its name, which is answered. */
  end(bytes: Uint8Array): string;
};

/** What is to be done once it is known what became of a call: its changes stand, or nothing of them. */
export type Outcome = {
  whenDone(work: () => void): void;
  /** The last thing that was done is undone first. */
  whenUndone(work: () => void): void;
};

type Base = {
  kit: Kit;
  session: StoredSession;
  /** The units and registers that the account sees; calls that name others never get to a handler. */
  scope: Scope;
  call: CallContext;
  files: Files;
  outcome: Outcome;
  /** What the audit keeps of this call, for methods declared `audited`. */
  note(note: Partial<AuditNote>): void;
};

export type QueryContext = Base & {
  db: ReadDb;
  /** For what needs the connection itself: backup. */
  connection: Connection;
  key: Uint8Array;
  /** How records are to be shown to a session that gave no reason to see them whole; null for one that did. */
  veil: Veil | null;
};
export type DraftContext = Base & { drafts: Connection; db: ReadDb };
export type CommandContext = Base & {
  db: WriteDb;
  key: Uint8Array;
  write: WriteContext;
  /** The caller's signing key. Throws `audit-no-key` for an account that has none at hand. */
  signer(): Signer;
  /** The key of sealed records. Throws `sealing-no-key` for an account that has no share of it. */
  sealing(): SealingAtHand;
  /** Says which ledgers a screen must read again; '*' for figures and all. */
  changed(ledger: string): void;
};
type Progress = {
  /** Tells how far the job is. Throws `cancelled` once the caller asked to stop. */
  progress(done: number, total: number): void;
};
export type JobContext = Base &
  Progress & {
    db: ReadDb;
    key: Uint8Array;
    /** Throws `cancelled` once the caller asked to stop. */
    alive(): void;
  };

type Input<M extends MethodName> = z.output<Methods[M]['input']>;
type Output<M extends MethodName> = Exclude<Methods[M]['output'], undefined>;

export type Job<I, S, O> = {
  stage(context: JobContext, input: I): Promise<S>;
  /** One synchronous transaction; one that takes long tells its progress and is undone where it is stopped. */
  commit(context: CommandContext & Progress, staged: S, input: I): O;
};

export type HandlerOf<M extends MethodName> = Methods[M]['kind'] extends 'query'
  ? (context: QueryContext, input: Input<M>) => Output<M> | Promise<Output<M>>
  : Methods[M]['kind'] extends 'draft'
    ? (context: DraftContext, input: Input<M>) => Output<M>
    : Methods[M]['kind'] extends 'command'
      ? (context: CommandContext, input: Input<M>) => Output<M>
      : Methods[M]['kind'] extends 'job'
        ? Job<Input<M>, unknown, Output<M>>
        : (context: GateContext, input: Input<M>) => Promise<Output<M>>;

export type Handlers = { [M in MethodName]: HandlerOf<M> };

/** Handlers of some methods, one file a topic. */
export type HandlersOf<M extends MethodName> = { [N in M]: HandlerOf<N> };

export type GateContext = {
  call: CallContext;
  files: Files;
  outcome: Outcome;
  session: StoredSession | null;
};
