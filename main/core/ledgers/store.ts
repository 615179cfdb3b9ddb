import type { ReadDb, WriteDb } from '#core/db/connection.ts';
import { sql } from '#core/db/sql.ts';
import { AppError, type FieldProblems } from '#shared/api/errors.ts';
import type { RecordContent, Related, Scalar, UnitLevel } from '#shared/api/types.ts';
import { isEmpty } from '#shared/kinds/conditions.ts';
import type { LabelContext } from '#shared/kinds/kind.ts';
import { blankWarnings } from '#shared/ledgers/blanks.ts';
import type { CheckResult } from '#shared/ledgers/check.ts';
import { headlineOf, type Patch, reversePatch } from '#shared/ledgers/content.ts';
import type { LedgerSpec } from '#shared/ledgers/describe.ts';
import type { AroundRecord } from '#shared/ledgers/rules.ts';
import { isNumbered, isVoid, missingFor, type Step, settle, stepFor } from '#shared/ledgers/workflow.ts';
import { check, notTaken, refuseSteps } from './checking.ts';
import type { NameReader } from './name-reader.ts';
import { takePaperNumber } from './number-blocks.ts';
import { fillSecondNumber, type MovedNumbers, nextNumber, orderOf } from './numbering.ts';
import { notAllowed } from './refusals.ts';
import type { Registry } from './registry.ts';
import { insertRow, readRecord, type StoredRecord, updateRow } from './table.ts';
import { joinIds, versionId } from './versions.ts';

/** What a write needs to know of its surroundings. Made anew for every transaction. */
export type WriteContext = {
  db: WriteDb;
  registry: Registry;
  /** Who writes. */
  account: string;
  /** Instant of the transaction, ISO 8601. */
  at: string;
  /** Today as a calendar day at the unit's place. */
  today: string;
  /** The unit a new record belongs to. */
  unit: { id: string; code: string; name: string; prefix: string; level: UnitLevel };
  /** The installation that writes. */
  installation: string;
  /** A field of a record of another register; null where there is none. */
  valueOf(ledger: string, recordId: string, field: string): Scalar;
  periodOf: NonNullable<AroundRecord['periodOf']>;
  /** What the transaction did to the numbers, for the signed file beside the ledger. */
  moved: MovedNumbers;
  /** Records that the transaction has written, the one under way included. */
  written: number;
  /** Records whose content the transaction took out (strip.ts): what is left of them elsewhere goes after it. */
  stripped: string[];
  /** Records that were opened again, and applications to seal one that came to nothing, by their ids. */
  over: string[];
  unitCodeOf(unitId: string): string;
  /** The commit number of the transaction, drawn when first asked for. */
  commit(): number;
  hasCode(list: string, code: string, on: string): boolean;
  hasRecord(ledger: string, id: string): boolean;
  /** Whether the record is of a unit that the account sees; `reads`: or a part of one that is, whoever made it. */
  sees(id: string): boolean;
  reads(id: string): boolean;
  /** The records that point at one. */
  pointingAt(ledger: string, recordId: string): Related[];
  labels: LabelContext;
  names: NameReader;
  newId(): string;
  /** What follows from every record and is kept beside it, in the same transaction. */
  derivations: readonly Derivation[];
};

/** What is derived is made from besides the records. */
export type IndexContext = Pick<WriteContext, 'labels' | 'names' | 'registry' | 'unitCodeOf' | 'valueOf'>;

/**
 * Something that is worked out from records and can be made anew from them at any time, such as the index for search.
 * `put` brings it up to date with one record, new or changed.
 */
export type Derivation = {
  name: string;
  /** What the writer is to be told of goes into `warnings`. */
  put(
    context: WriteContext,
    record: StoredRecord,
    before: StoredRecord | null,
    warnings: FieldProblems,
  ): void;
  /** Keeps what is to go on being counted of a record that is about to be taken out; its row still stands. */
  leave?(context: WriteContext, record: StoredRecord): void;
  /** Takes out what is kept of a record that is taken out of the ledger; its row is gone by then. */
  drop(context: WriteContext, record: StoredRecord): void;
  /** What `drop` takes out and no record could give again; it goes with the content of a record that is sealed. */
  pack?(context: WriteContext, record: StoredRecord): unknown;
  /** Puts back what `pack` gave of a record that stands again, as far as it still fits. */
  unpack?(context: WriteContext, record: StoredRecord, packed: unknown): void;
  /** A small step of what a save put off until nobody waits; false when nothing was left to do. */
  settle?(db: WriteDb): boolean;
  /**
   * Names what its rows rest on besides the records (rules that come with the program). Where a ledger was left with
   * another stamp, or none, `rebuild` makes all rows anew when it is opened.
   */
  stamp?(): string;
  rebuild?(db: WriteDb, registry: Registry, context: IndexContext): void;
  /**
   * In place of `rebuild`, where that would keep everybody waiting for minutes: renews some rows after a place, in idle
   * moments. Gives the place it came to, null where it is through.
   */
  renew?(db: WriteDb, registry: Registry, context: IndexContext, place: string | null): string | null;
  /** Begins a check of all its rows. */
  verify?(db: ReadDb, context: IndexContext): DerivationCheck;
};

/** A transaction of more records than this does at once what a save puts off until nobody waits. */
const mostPutOff = 8;
export const isBulk = ({ written }: Pick<WriteContext, 'written'>) => written > mostPutOff;

/** `record` is given every record; `end` says what belongs to none. Each gives what is wrong, in a few words. */
export type DerivationCheck = { record(record: StoredRecord): string[]; end(): string[] };

export type Change = {
  record: StoredRecord;
  /** Null for a new record. */
  before: StoredRecord | null;
  changed: string[];
  warnings: FieldProblems;
};

export type SaveInput = {
  id?: string;
  /** The version that was on the screen; a save on top of another one is refused. */
  baseVersion?: string;
  record: Record<string, unknown>;
  /** A number given out on paper before, which the record is to have. */
  number?: string;
};

/** Saves a new record or a new version of one. Throws `record-invalid`, `record-changed`, `record-missing`. */
export function saveRecord(context: WriteContext, ledger: LedgerSpec, input: SaveInput): Change {
  const before = input.id === undefined ? null : readRecord(context.db, ledger, input.id);
  if (before) {
    refuseStale(context, before, input.baseVersion);
    refuseClosed(before);
  } else if (input.id !== undefined && (input.baseVersion !== undefined || isKnown(context, input.id))) {
    throw new AppError('record-missing', { id: input.id });
  }
  refuseSteps(ledger, before, input.record);
  const checked = check(context, ledger, before, input.record);
  const state = settle(ledger.workflow, before?.state ?? ledger.workflow.initial, checked.content);
  if (before && input.baseVersion === undefined) refuseBlind(context, before, state, checked.content);
  const change = write(context, ledger, before, input.id ?? context.newId(), state, checked, input.number);
  Object.assign(change.warnings, notTaken(ledger, input.record, change, context.labels));
  return change;
}

/** An id is given once over all registers: one that another register has is not this one's. */
function isKnown({ db }: WriteContext, recordId: string): boolean {
  return db.value(sql`select 1 from record_version where record_id = ${recordId} limit 1`) !== undefined;
}

export type ActInput = {
  record: StoredRecord;
  action: string;
  baseVersion?: string;
  values?: Record<string, unknown>;
};

/** Takes a step of the workflow, with the fields it asks for. Throws `action-not-allowed`, `record-invalid`. */
export function actOnRecord(context: WriteContext, input: ActInput): Change {
  const before = input.record;
  const { ledger } = before;
  refuseStale(context, before, input.baseVersion);
  const step = stepFor(ledger.workflow, before.state, input.action);
  if (!step || step.auto) throw notAllowed(before, input.action);
  if (isClosed(before)) refuseOthers(step, input.values ?? {});
  const wanted: Record<string, unknown> = { ...before.content, ...input.values, ...step.sets };
  if (step.dates) {
    const { field, before: kept } = step.dates;
    const old = before.content[field];
    if (wanted[field] === old) wanted[field] = context.today;
    wanted[kept] ??= old;
  }
  for (const field of step.clears ?? []) delete wanted[field];
  const checked = check(context, ledger, before, wanted, step.clears);
  const missing = missingFor(step, checked.content, ledger.fields);
  if (missing.length > 0) {
    const fields: FieldProblems = Object.fromEntries(
      missing.map((field) => [field, { problem: 'required' }]),
    );
    throw new AppError('record-invalid', { count: missing.length }, { fields });
  }
  const state = settle(ledger.workflow, step.to, checked.content);
  if (isVoid(ledger.workflow, state)) Object.assign(checked.warnings, lookBack(context, before));
  return write(context, ledger, before, before.id, state, checked);
}

/**
 * What points at a record that is to be voided. Open work that it is responsible for must first go to somebody else;
 * the rest keeps its name, which is said. Throws `still-in-use`.
 */
function lookBack(context: WriteContext, { id: recordId, ledger, title }: StoredRecord): FieldProblems {
  const pointing = context.pointingAt(ledger.name, recordId);
  const held = pointing.find(({ holding }) => holding > 0);
  if (held)
    throw new AppError('still-in-use', {
      title,
      ledger: held.ledger,
      field: held.field,
      count: held.holding,
    });
  const count = pointing.reduce((sum, { total }) => sum + total, 0);
  const capped = pointing.some((one) => one.capped);
  if (count === 0) return {};
  const turned = turnedInto(context, ledger, pointing);
  return { '~state': { problem: 'pointed-at', count, capped, ...(turned === '' ? {} : { turned }) } };
}

/** What counts and was turned into this record by a step, and is done with only because of it. */
function turnedInto({ registry }: WriteContext, { name }: LedgerSpec, pointing: readonly Related[]): string {
  const turned = pointing.flatMap(({ ledger, field, rows }) => {
    const { workflow } = registry.find(ledger);
    const isTurned = workflow.steps.some(({ opens }) => opens?.ledger === name && opens.links === field);
    return isTurned ? rows.filter(({ state }) => !workflow.states[state]?.isUncounted) : [];
  });
  return turned.map(({ title }) => title).join('、');
}

function refuseStale(context: WriteContext, before: StoredRecord, baseVersion: string | undefined): void {
  if (baseVersion === undefined || baseVersion === before.version) return;
  throw changedSince(context, before);
}

/**
 * A save that does not say what it was typed over may only repeat what stands: the draft of a saved record, sent again
 * by a program that died before it heard the answer.
 */
function refuseBlind(
  context: WriteContext,
  before: StoredRecord,
  state: string,
  content: RecordContent,
): void {
  const patch = reversePatch(before.ledger, before, { unitId: before.unitId, state, content });
  if (Object.keys(patch).length > 0) throw changedSince(context, before);
}

function changedSince(context: WriteContext, before: StoredRecord): AppError<'record-changed'> {
  const by = context.db.value<string>(sql`select a.name from record_version v
    join commit_entry c on c.number = v.commit_number join account a on a.seq = c.account_seq
    where v.record_id = ${before.id} order by v.depth desc limit 1`);
  return new AppError('record-changed', { by: by ?? '', at: before.updatedAt });
}

export const isClosed = (record: StoredRecord) =>
  record.ledger.workflow.states[record.state]?.isClosed === true;

/** A closed record changes only in what its step asks for; anything else would be an edit in disguise. */
function refuseOthers(step: Step, values: Record<string, unknown>): void {
  const others = Object.keys(values).filter((field) => !step.requires.includes(field));
  if (others.length === 0) return;
  const fields: FieldProblems = Object.fromEntries(others.map((field) => [field, { problem: 'closed' }]));
  throw new AppError('record-invalid', { count: others.length }, { fields });
}

function refuseClosed(before: StoredRecord): void {
  if (isClosed(before)) throw notAllowed(before, 'edit');
}

/** A record is numbered when it first reaches a state that has a number, and never again. */
function needsNumber(ledger: LedgerSpec, state: string, content: RecordContent): boolean {
  if (!ledger.number || !isNumbered(ledger.workflow, state)) return false;
  return isEmpty(content[ledger.number.field]);
}

/** A record that waits for its number, with the one that there is now; unchanged where there is still none. */
export function numberRecord(context: WriteContext, before: StoredRecord): Change {
  const checked = { content: { ...before.content }, problems: {}, warnings: {} };
  return write(context, before.ledger, before, before.id, before.state, checked);
}

/** Gives the record its number where it is time for one: that of the paper it was first written on, or the next. */
function number(
  context: WriteContext,
  ledger: LedgerSpec,
  recordId: string,
  state: string,
  content: RecordContent,
  onPaper: string | undefined,
): void {
  const isDue = needsNumber(ledger, state, content);
  if (onPaper !== undefined) {
    const taken = takePaperNumber(context, { ledger, recordId, content, number: onPaper, isDue });
    if (taken !== null && ledger.number) content[ledger.number.field] = taken;
  } else if (isDue && ledger.number) {
    const next = nextNumber(context, ledger, content);
    if (next !== null) content[ledger.number.field] = next;
  }
}

/**
 * The one write path: row, version, what follows from them (the search entry too) and (through the dispatcher, in the same transaction) the audit.
 * History, conflicts, undo and the figures as filed all rest on nothing else writing a ledger table.
 */
function write(
  context: WriteContext,
  ledger: LedgerSpec,
  before: StoredRecord | null,
  recordId: string,
  state: string,
  checked: CheckResult,
  onPaper?: string,
): Change {
  const { db } = context;
  const { content, warnings } = checked;
  number(context, ledger, recordId, state, content, onPaper);
  fillSecondNumber(context, ledger, recordId, checked);
  Object.assign(warnings, blankWarnings(ledger, before?.state ?? ledger.workflow.initial, state, content));
  const unitId = before?.unitId ?? context.unit.id;
  const patch = before ? reversePatch(ledger, before, { unitId, state, content }) : {};
  const changed = before
    ? Object.keys(patch)
    : Object.keys(content).filter((name) => !isEmpty(content[name]));
  if (before && changed.length === 0) return { record: before, before, changed, warnings };

  const parents = before ? [before.version] : [];
  const version = versionId(ledger, recordId, { unitId, state, content }, parents);
  const next = {
    ledger,
    id: recordId,
    unitId,
    state,
    version,
    depth: (before?.depth ?? 0) + 1,
    tips: before?.tips ?? 1,
    title: headlineOf(ledger, content),
    updatedAt: context.at,
    content,
  };
  const order = orderOf(context, ledger, content);
  let record: StoredRecord;
  if (before) {
    record = { ...next, seq: before.seq };
    updateRow(
      db,
      record,
      order,
      Object.keys(ledger.children).some((name) => changed.includes(name)),
    );
  } else {
    record = { ...next, seq: insertRow(db, next, order) };
  }
  addVersion(context, record, { id: version, parents, depth: next.depth, commit: context.commit(), patch });
  context.written += 1;
  for (const derivation of context.derivations) derivation.put(context, record, before, warnings);
  return { record, before, changed, warnings };
}

/** A version as it is kept; without a commit it gets that of the transaction. */
export type KeptVersion = {
  id: string;
  parents: string[];
  depth: number;
  commit: number | null;
  patch: Patch;
};

function addVersion({ db }: WriteContext, record: StoredRecord, version: KeptVersion): void {
  db.run(sql`insert into record_version (record_id, ledger, id, parents, depth, commit_number, patch)
    values (${record.id}, ${record.ledger.name}, ${Buffer.from(version.id, 'hex')}, ${joinIds(version.parents)},
            ${version.depth}, ${version.commit}, ${JSON.stringify(version.patch)})`);
}

/** A record as another file has it, with the versions that are not here yet, oldest first. Its row number is that of here. */
export type TakenRecord = { record: StoredRecord; versions: readonly KeptVersion[] };

/**
 * Takes over records with their versions, as a repair finds them; whoever calls has worked out that they fit. All rows
 * stand before anything is derived from them: a record may name one that is taken with it.
 */
export function takeRecords(context: WriteContext, taken: readonly TakenRecord[]): void {
  const { db } = context;
  const written = taken.map(({ record, versions }): [StoredRecord, StoredRecord | null] => {
    const before = readRecord(db, record.ledger, record.id);
    const order = orderOf(context, record.ledger, record.content);
    const seq = before?.seq ?? insertRow(db, record, order);
    const stored = { ...record, seq };
    if (before) updateRow(db, stored, order, true);
    for (const version of versions) {
      const isKnown =
        db.value(sql`select 1 from commit_entry where number = ${version.commit}`) !== undefined;
      addVersion(context, stored, { ...version, commit: isKnown ? version.commit : context.commit() });
    }
    context.written += 1;
    return [stored, before];
  });
  for (const [record, before] of written)
    for (const derivation of context.derivations) derivation.put(context, record, before, {});
}

/** A record whose content comes back whole, under the versions that stayed; `versions` bring their patches. */
export function putBackRecord(context: WriteContext, record: StoredRecord): StoredRecord {
  const stored = {
    ...record,
    seq: insertRow(context.db, record, orderOf(context, record.ledger, record.content)),
  };
  context.written += 1;
  for (const derivation of context.derivations) derivation.put(context, stored, null, {});
  return stored;
}
