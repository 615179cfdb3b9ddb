import { appendAudit, lastEntry } from '#core/audit/chain.ts';
import { isGone, keptHead, rememberBefore } from '#core/audit/head-before.ts';
import type { Exchanged } from '#core/db/beside.ts';
import type { Connection, ReadDb, WriteDb } from '#core/db/connection.ts';
import { markSays } from '#core/db/machine-mark.ts';
import { sql } from '#core/db/sql.ts';
import { allBlocks, keptBlocks, raiseDrawn, recallBlock } from '#core/ledgers/number-blocks.ts';
import {
  addPattern,
  blockKey,
  counterKey,
  keptPatterns,
  ownsNumbers,
  raiseCounter,
} from '#core/ledgers/numbering.ts';
import type { WriteContext } from '#core/ledgers/store.ts';
import { keptSealings, stillKept } from '#core/sealing/requests.ts';
import { exchangeIdentity, type LedgerIdentity } from '#core/security/identity.ts';
import { isSaid, keptAccounts } from '#core/security/last-accounts.ts';
import {
  askedInstallation,
  clearAskedInstallation,
  drawInstallation,
  formerInstallations,
} from '#core/settings/installation.ts';
import type { KeptPattern } from '#core/settings/number-block.ts';
import { readSetting } from '#core/settings/settings.ts';
import type { Kit } from './context.ts';
import type { Vault } from './vault.ts';

/**
 * The signed file beside the ledger keeps what a restore must not take back: the last numbers, the blocks, what became
 * of paper numbers. It is exact after an orderly end. Between two ends it says how far the numbers may have come
 * (`ahead`), so that it need not be written with every save; that is used only for a ledger that went back to a copy,
 * where a gap is better than a number on two papers.
 */
const stepAhead = 50;

const lastCommit = (db: ReadDb) => db.value<number | null>(sql`select max(number) from commit_entry`) ?? 0;

function exactNumbers(db: ReadDb): Record<string, number> {
  const counters = db.all<{ ledger: string; scope: string; year: number; last: number }>(
    sql`select ledger, scope, year, last from number_counter`,
  );
  return Object.fromEntries([
    ...counters.map(({ ledger, scope, year, last }) => [counterKey(ledger, scope, year), last]),
    ...allBlocks(db)
      .filter((block) => block.purpose === 'installation' && block.drawn >= block.first)
      .map((block) => [blockKey(block.id), block.drawn]),
  ]);
}

function identityOf(
  db: ReadDb,
  before: LedgerIdentity | null,
  over: readonly string[] = [],
  /** Nothing of a transaction stands yet. */
  isBefore = false,
): Required<LedgerIdentity> {
  const ledgerId = readSetting(db, 'ledgerId') ?? '';
  const sealed = before?.ledgerId === ledgerId ? (before.sealed ?? []) : [];
  const said = before?.ledgerId === ledgerId ? (before.accounts ?? []) : [];
  const accounts = keptAccounts(db, said, isBefore);
  const isSame = JSON.stringify(accounts) === JSON.stringify(said);
  return {
    ledgerId,
    installation: readSetting(db, 'installationId') ?? '',
    was: formerInstallations(db),
    ownsNumbers: ownsNumbers(db),
    numbers: exactNumbers(db),
    ahead: {},
    blocks: keptBlocks(db),
    patterns: keptPatterns(db),
    commit: lastCommit(db),
    head: keptHead(db, before?.ledgerId === ledgerId ? (before.head ?? null) : null),
    accounts,
    accountsEnd: (isSame && before?.accountsEnd) || lastEntry(db),
    sealed: stillKept(sealed, keptSealings(db), over),
  };
}

function exchange(vault: Vault, identity: LedgerIdentity): Exchanged[] {
  if (!vault.key) return [];
  const former = vault.kept;
  const { keep, takeBack } = exchangeIdentity(vault.folder, vault.key, identity);
  vault.kept = identity;
  const back = () => {
    vault.kept = former;
    takeBack();
  };
  return [{ keep, takeBack: back }];
}

/** Keeps the numbers exactly as they are: at the end, and before the ledger goes back to a copy. */
export function keepNumbers(vault: Vault, over: readonly string[] = []): void {
  if (!vault.connection) return;
  for (const { keep } of exchange(vault, identityOf(vault.connection, vault.kept, over))) keep();
}

/**
 * Before a transaction is made to last: the file must never be behind what is on paper by then. Most saves find that
 * it is far enough ahead. Where the transaction comes to nothing, the file of before is to be there again: the next opening
 * would carry out what was refused.
 */
export function keepAhead(
  vault: Vault,
  db: WriteDb,
  { moved, over }: Pick<WriteContext, 'moved' | 'over'>,
): Exchanged[] {
  const { ahead = {}, numbers = {} } = vault.kept ?? {};
  const isAhead = [...moved.last].every(([key, last]) => last <= (ahead[key] ?? numbers[key] ?? 0));
  if (isAhead && !moved.hasOthers && over.length === 0) return [];
  const next = { ...ahead };
  for (const [key, last] of moved.last) next[key] = last + stepAhead;
  // What this transaction adds is not there yet: a ledger without it has not gone back.
  const identity = { ...identityOf(db, vault.kept, over, true), ahead: next, commit: lastCommit(db) - 1 };
  const isExact = isSaid(db, identity.accounts);
  return exchange(vault, identity).map(({ keep, takeBack }) => ({
    keep() {
      keep();
      // The accounts of before are none of the ledger any more.
      if (!isExact) keepNumbers(vault);
    },
    takeBack,
  }));
}

/**
 * What every opening does with the signed file: a ledger that went back to a copy goes on above the last number known,
 * because numbers given since then stand on papers; a place that was asked to draws a new installation id. So does one
 * whose ledger is older than the file beside it though nobody asked: it was laid there by hand, and the log says so.
 */
export function takeUpNumbers(
  vault: Vault,
  identity: LedgerIdentity | null,
  kit: Kit,
  newId: () => string,
): void {
  const { connection, folder } = vault;
  if (!connection) return;
  const at = kit.at();
  const asked = askedInstallation(folder);
  const isOlder = identity !== null && isOlderThan(connection, identity);
  const wentBack = asked === 'instead' || isOlder;
  const why = asked ?? (isOlder ? 'instead' : null);
  vault.kept = identity;
  if (identity) goOnAbove(connection, identity, wentBack, at);
  if (why === null) return;
  const isExplained = isAskedFor(connection, folder);
  connection.transaction((db) => {
    const head = identity?.head;
    if (head && isGone(db, head)) rememberBefore(db, head, asked !== null);
    drawInstallation(db, { id: newId(), at, why, former: identity });
    // Where nobody said why there is to be a new one, the log does.
    if (asked === null) logByHand(db, kit, at, 'program.wentBack');
    else if (!isExplained) logByHand(db, kit, at, 'installation.unexplained');
  });
  keepNumbers(vault);
  clearAskedInstallation(folder);
}

/** Its last commit is not in it, what it was before is it now, or the last head that was given out is gone. */
export function isOlderThan(db: ReadDb, { commit = 0, was = [], head }: LedgerIdentity): boolean {
  if (commit > lastCommit(db) || was.includes(readSetting(db, 'installationId') ?? '')) return true;
  return !!head && isGone(db, head) && readSetting(db, 'headBefore') === null;
}

/**
 * Whoever asks for a new installation id does so before there is a key, so that the asking is signed by nobody. What it follows
 * from has an entry of its own: a restore, a repair, somebody who said that the ledger goes on here.
 */
function isAskedFor(db: ReadDb, folder: string): boolean {
  if (markSays(folder).goneOn !== null) return true;
  const here = readSetting(db, 'installationId');
  const found = db.value(sql`select 1 from audit_entry where installation = ${here}
    and action in ('program.restore', 'program.repair', 'program.goOn') limit 1`);
  return found !== undefined;
}

function logByHand(db: WriteDb, kit: Kit, at: string, action: string): void {
  const about = { ledger: null, recordId: null, version: null };
  appendAudit(db, at, { account: '', ...kit.place(db) }, { action, ...about, detail: {} });
}

const unitKey = /^(\S+) [0-9a-f]{8}-[0-9a-f-]{27} (\d+)$/;

/** Keys of files written before a series was told by its short name had the unit instead. */
function seriesOf(db: ReadDb, key: string): { ledger: string; scope: string; year: number } {
  const older = unitKey.exec(key);
  if (older)
    return { ledger: older[1] ?? '', scope: readSetting(db, 'casePrefix') ?? '', year: Number(older[2]) };
  const [ledger = '', scope = '', year = ''] = key.split(' ');
  return { ledger, scope, year: Number(year) };
}

function goOnAbove(connection: Connection, identity: LedgerIdentity, wentBack: boolean, at: string): void {
  const here = exactNumbers(connection);
  const known = { ...identity.numbers };
  if (wentBack) for (const [key, last] of Object.entries(identity.ahead ?? {})) known[key] = last;
  const behind = Object.entries(known).filter(([key, last]) => last > (here[key] ?? 0));
  const blocks = wentBack ? (identity.blocks ?? []) : [];
  const sayOf = (one: KeptPattern) => JSON.stringify([one.ledger, one.pattern, one.since]);
  const present = new Set(keptPatterns(connection).map(sayOf));
  const patterns = wentBack ? (identity.patterns ?? []).filter((one) => !present.has(sayOf(one))) : [];
  if (behind.length + blocks.length + patterns.length === 0) return;
  connection.transaction((db) => {
    for (const pattern of patterns) addPattern(db, pattern);
    for (const block of blocks) recallBlock(db, block, at);
    for (const [key, last] of behind) {
      if (key.startsWith('block:')) raiseDrawn(db, key.slice('block:'.length), last);
      else {
        const { ledger, scope, year } = seriesOf(db, key);
        raiseCounter(db, ledger, scope, year, last);
      }
    }
  });
}
