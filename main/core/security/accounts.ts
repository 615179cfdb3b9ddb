import type { ReadDb, WriteDb } from '#core/db/connection.ts';
import { type Sql, sql } from '#core/db/sql.ts';
import { AppError } from '#shared/api/errors.ts';
import { hasRight, type Role, type SafetyDuty, safetyDuties, undividedIn } from '#shared/api/rights.ts';
import { dutyFault } from '#shared/domain/safety-duties.ts';
import { type KeyFile, whoOf } from './key-file.ts';

/** An account as it stands in the ledger. It is never deleted: its name stays in history and in the log. */
export type StoredAccount = {
  seq: number;
  id: string;
  name: string;
  role: Role;
  duties: readonly SafetyDuty[];
  /** Of them those of the whole ledger, where the account sees some units only: not in force. */
  idleDuties: readonly SafetyDuty[];
  unitId: string;
  /** The registers it sees; null for all. */
  ledgers: readonly string[] | null;
  /** Which mediator it is, whose cases it has on the board. */
  mediatorId: string | null;
  isDisabled: boolean;
  mustChange: boolean;
  createdAt: string;
  /** The last time it signed in. */
  signedInAt: string | null;
};

type Row = {
  seq: number;
  id: string;
  name: string;
  role: Role;
  duties: string;
  unit_id: string;
  is_of_all: number;
  ledgers: string | null;
  mediator_id: string | null;
  is_disabled: number;
  must_change: number;
  created_at: string;
  signed_in_at: string | null;
};

const words = (text: string) => text.split(' ').filter((word) => word !== '');

const columns = sql`seq, id, name, role, duties, unit_id, ledgers, mediator_id, is_disabled, must_change, created_at,
  signed_in_at, unit_id in ('', (select value from setting where name = 'unitId')) as is_of_all`;

function fromRow(row: Row): StoredAccount {
  const duties = safetyDuties.filter((duty) => words(row.duties).includes(duty));
  return {
    seq: row.seq,
    id: row.id,
    name: row.name,
    role: row.role,
    duties,
    idleDuties: row.is_of_all === 1 ? [] : undividedIn(duties),
    unitId: row.unit_id,
    ledgers: row.ledgers === null ? null : words(row.ledgers),
    mediatorId: row.mediator_id,
    isDisabled: row.is_disabled === 1,
    mustChange: row.must_change === 1,
    createdAt: row.created_at,
    signedInAt: row.signed_in_at,
  };
}

function find(db: ReadDb, where: Sql): StoredAccount | null {
  const row = db.get<Row>(sql`select ${columns} from account where ${where}`);
  return row ? fromRow(row) : null;
}

export const accountById = (db: ReadDb, id: string) => find(db, sql`id = ${id}`);
export const accountNamed = (db: ReadDb, name: string) => find(db, sql`name = ${name.normalize('NFC')}`);

export function allAccounts(db: ReadDb): StoredAccount[] {
  return db.all<Row>(sql`select ${columns} from account order by is_disabled, seq`).map(fromRow);
}

/** What of an account a restore must not take back; it stands in the file beside the ledger too. */
export type KeptAccount = Omit<StoredAccount, 'seq' | 'idleDuties' | 'signedInAt'>;

export type NewAccount = Omit<KeptAccount, 'isDisabled' | 'mediatorId'> & {
  mediatorId?: string | null;
};

export function addAccount(db: WriteDb, account: NewAccount): void {
  const { id, role, unitId, mustChange, createdAt } = account;
  db.run(sql`insert into account (id, name, role, duties, unit_id, ledgers, mediator_id, must_change, created_at)
    values (${id}, ${account.name.normalize('NFC')}, ${role}, ${account.duties.join(' ')}, ${unitId},
            ${account.ledgers?.join(' ') ?? null}, ${account.mediatorId ?? null}, ${Number(mustChange)}, ${createdAt})`);
}

export type AccountChange = Partial<
  Pick<StoredAccount, 'role' | 'duties' | 'unitId' | 'ledgers' | 'mediatorId' | 'isDisabled' | 'mustChange'>
>;

export function changeAccount(db: WriteDb, before: StoredAccount, change: AccountChange, at: string): void {
  const after = { ...before, ...change };
  const disabledAt = after.isDisabled ? at : null;
  db.run(sql`update account set role = ${after.role}, duties = ${after.duties.join(' ')}, unit_id = ${after.unitId},
    ledgers = ${after.ledgers?.join(' ') ?? null}, mediator_id = ${after.mediatorId},
    is_disabled = ${Number(after.isDisabled)}, must_change = ${Number(after.mustChange)},
    disabled_at = case when ${Number(before.isDisabled)} = ${Number(after.isDisabled)} then disabled_at
      else ${disabledAt} end
    where seq = ${before.seq}`);
}

/** Throws `duties-together` or `duty-unheld` where the accounts in use share the duties out wrongly. */
export function checkDuties(db: ReadDb): void {
  const found = dutyFault(allAccounts(db));
  if (found?.fault === 'together') {
    const [first = '', second = ''] = found.duties;
    throw new AppError('duties-together', { account: found.name, first, second });
  }
  if (found?.fault === 'unheld') throw new AppError('duty-unheld', { duty: found.duty });
}

export function markSignedIn(db: WriteDb, accountId: string, at: string): void {
  db.run(sql`update account set signed_in_at = ${at} where id = ${accountId}`);
}

/** Names of the accounts in use that may decide on sealing, and so have a share of its key. */
export const deciders = (db: ReadDb): string[] =>
  allAccounts(db)
    .filter((account) => !account.isDisabled && hasRight(account, 'sealing.decide'))
    .map(({ name }) => name);

/**
 * Without a way to the key for whoever has no account in use; the same file where there is none. In use again, an account
 * needs a new password.
 */
export function withWaysInUse(file: KeyFile, db: ReadDb): KeyFile {
  const inUse = new Set(
    allAccounts(db).flatMap(({ isDisabled, name }) => (isDisabled ? [] : [whoOf(file.salt, name)])),
  );
  const slots = file.slots.filter(({ kind, who }) => kind !== 'account' || inUse.has(who));
  return slots.length === file.slots.length ? file : { ...file, slots };
}

/** How many ways to the key belong to nobody whom the ledger knows. */
export function waysOfNobody(file: KeyFile, db: ReadDb): number {
  const known = new Set(allAccounts(db).map(({ name }) => whoOf(file.salt, name)));
  return file.slots.filter(({ kind, who }) => kind === 'account' && !known.has(who)).length;
}
