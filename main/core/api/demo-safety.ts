import type { Connection, WriteDb } from '#core/db/connection.ts';
import { sql } from '#core/db/sql.ts';
import { type DemoPlan, oldCases, safetyRecords } from '#core/demo/generate.ts';
import { findRecord } from '#core/ledgers/registry.ts';
import { actOnRecord, saveRecord, type WriteContext } from '#core/ledgers/store.ts';
import { createVeil } from '#core/ledgers/veil.ts';
import { addFiles, keepOn } from '#core/retention/destruction.ts';
import { findKind, putPeriod } from '#core/retention/kinds.ts';
import { sealRecord } from '#core/sealing/content.ts';
import { addEnquiry } from '#core/sealing/enquiries.ts';
import { addRequest, settleRequest } from '#core/sealing/requests.ts';
import { sealBytes } from '#core/security/sealing-key.ts';
import words from '#seeds/demo/safety.json' with { type: 'json' };
import type { Account } from '#shared/api/types.ts';
import { addMonths, asDay } from '#shared/domain/day.ts';
import { handOverYears, type Period } from '#shared/domain/retention.ts';
import type { Kit } from './context.ts';

type Tools = { kit: Kit; plan: DemoPlan; accounts: readonly Account[]; publicKey: string };
/** A context that writes in a transaction, its ids given by the other function. */
type Writer = (db: WriteDb, newId: () => string) => WriteContext;

/**
 * What keeps the data, as an office would have it: the registers of the 安全保密登记, an approved table of periods, old
 * files under review and on a list, a sealed record with an enquiry that waits for its answer.
 */
export function fillSafety(
  connection: Connection,
  tools: Tools,
  newId: () => string,
  writer: Writer,
): Record<string, number> {
  const counts: Record<string, number> = {};
  const count = (ledger: string) => {
    counts[ledger] = (counts[ledger] ?? 0) + 1;
  };
  const inOne = (work: (made: Made) => void) =>
    connection.transaction((db) => {
      let next: string | null = null;
      const write = writer(db, () => {
        const given = next ?? newId();
        next = null;
        return given;
      });
      const withId = (id: string) => {
        next = id;
      };
      work({ db, write, withId });
    });
  inOne((made) => {
    for (const { ledger, id, record, act } of safetyRecords(tools.plan)) {
      made.withId(id);
      saveRecord(made.write, tools.kit.registry.find(ledger), { record });
      count(ledger);
      if (act) actOnRecord(made.write, { ...act, record: findRecord(made.db, tools.kit.registry, id) });
    }
  });
  inOne((made) => {
    const filed = fileOldCases(made, tools);
    for (const _one of [...filed.old, filed.sealed]) count('mediation');
    review(made, tools, filed.old);
    seal(made, tools, filed.sealed);
  });
  return counts;
}

/** `withId`: what the next new record is to be called. */
type Made = { db: WriteDb; write: WriteContext; withId(id: string): void };

function fileOldCases({ db, write, withId }: Made, { kit, plan }: Tools): { old: string[]; sealed: string } {
  const staff = db.get<{ committeeId: string; mediatorId: string }>(
    sql`select committee_id as committeeId, id as mediatorId from mediator order by seq limit 1`,
  );
  if (!staff) throw new Error('a demo has mediators');
  const old: string[] = [];
  let sealed = '';
  for (const { ledger, id, record, archivedOn } of oldCases(plan, staff)) {
    withId(id);
    saveRecord(write, kit.registry.find(ledger), { record });
    if (archivedOn === null) sealed = id;
    else {
      const saved = findRecord(db, kit.registry, id);
      actOnRecord(write, { record: saved, action: 'archive', values: { archivedOn } });
      old.push(id);
    }
  }
  return { old, sealed };
}

/** The account of the demo with this role. */
function idOf(accounts: readonly Account[], role: Account['role']): string {
  const found = accounts.find((account) => account.role === role);
  if (!found) throw new Error('the demo has one account a role');
  return found.id;
}

/** An approved table; of the files that it ends, one is on a list, one is kept on, the others wait. */
function review({ db, write }: Made, { kit, plan, accounts }: Tools, old: readonly string[]): void {
  const { retention } = words;
  const today = asDay(kit.today());
  const head = { accountId: idOf(accounts, 'head'), at: write.at, today };
  for (const [code, period] of retention.periods as [string, Period][]) {
    const { authority, letterNo } = retention;
    const decision = { period, authority, letterNo, approvedOn: asDay(retention.approvedOn) };
    putPeriod(db, findKind(db, code), { ...decision, validFrom: null, validTo: null }, { note: '', ...head });
  }
  const clerk = { ...head, accountId: idOf(accounts, 'clerk') };
  const handOver = handOverYears(plan.level);
  const [listed = '', kept = ''] = old;
  const veil = createVeil(db, kit.registry);
  addFiles(db, kit.registry, { list: null, ids: [listed], opinion: retention.opinion }, clerk, {
    newId: write.newId,
    handOverYears: handOver,
    maskedTitle: (ledger, id) => veil.title(ledger, id) ?? '',
  });
  const until = addMonths(today, 12);
  keepOn(db, kit.registry, { ids: new Set([kept]), until, reason: retention.keepReason }, clerk, handOver);
}

function seal({ db, write }: Made, { kit, accounts, publicKey }: Tools, recordId: string): void {
  const { sealedCase, enquiry } = words;
  const record = findRecord(db, kit.registry, recordId);
  const [party] = record.content.parties as { name: string }[];
  const request = addRequest(write, {
    ...{ kind: 'seal', recordId, ledger: record.ledger.name, unitId: record.unitId, basis: 'minorOther' },
    reason: sealBytes(Buffer.from(sealedCase.reason), publicKey),
    appliedBy: idOf(accounts, 'clerk'),
  });
  sealRecord(write, record, { under: [publicKey], files: new Map() });
  settleRequest(write, request, 'done', idOf(accounts, 'head'));
  const { asker, document, ...asked } = enquiry;
  const detail = { ...asked, name: party?.name ?? '' };
  addEnquiry(write, {
    ...{ asker, document, authority: 'caseWork' },
    detail: sealBytes(Buffer.from(JSON.stringify(detail)), publicKey),
    registeredBy: idOf(accounts, 'clerk'),
  });
}
