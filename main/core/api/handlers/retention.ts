import type { ReadDb } from '#core/db/connection.ts';
import { strippedOf } from '#core/ledgers/stripped.ts';
import { createVeil } from '#core/ledgers/veil.ts';
import { carryOut } from '#core/retention/carry-out.ts';
import {
  addFiles,
  approveList,
  findList,
  keepOn,
  listsOf,
  removeItems,
  shownDestruction,
  withdrawApproval,
} from '#core/retention/destruction.ts';
import { filesOf, reviewOf } from '#core/retention/files.ts';
import { findKind, putPeriod, shownKinds } from '#core/retention/kinds.ts';
import { loggedLines } from '#core/retention/list-digests.ts';
import { logKept } from '#core/retention/logs.ts';
import { destructionSheet, reviewSheet } from '#core/retention/sheets.ts';
import { sealedOn } from '#core/sealing/requests.ts';
import { ownUnit } from '#core/settings/settings.ts';
import { AppError } from '#shared/api/errors.ts';
import type { InputOf } from '#shared/api/methods.ts';
import { asDay } from '#shared/domain/day.ts';
import { handOverYears } from '#shared/domain/retention.ts';
import { minorBases } from '#shared/domain/sealing.ts';
import { destructionText, periodText } from '#shared/text/retention.ts';
import type { CommandContext, HandlersOf, Kit } from '../context.ts';
import type { AuditNote } from '../contract.ts';
import { veiledList } from '../veiled.ts';

const pageSize = 200;
const mostPrinted = 5000;

type Asked = InputOf<'retention.review'>;

function asked(db: ReadDb, kit: Kit, input: Asked) {
  const { on = kit.today(), offset = 0, limit = pageSize, ...rest } = input;
  return { ...rest, on: asDay(on), offset, limit, handOverYears: handOverYears(ownUnit(db).level) };
}

const actorOf = ({ kit, session, write }: CommandContext) => ({
  accountId: session.accountId,
  at: write.at,
  today: asDay(kit.today()),
});

const around = (
  kit: Kit,
  accountId: string,
  page: { offset?: number | undefined; limit?: number | undefined },
) => ({
  accountId,
  today: asDay(kit.today()),
  offset: page.offset ?? 0,
  limit: page.limit ?? pageSize,
});

/**
 * What is sealed is kept under its seal when its period is over: of minors by law, of others because nobody can judge what
 * he may not see. Throws `file-sealed`.
 */
function refuseSealed({ db }: CommandContext, ids: readonly string[]): void {
  for (const recordId of ids) {
    const stub = strippedOf(db, recordId);
    if (stub?.why !== 'sealed') continue;
    const isMinor = sealedOn(db, [stub.partOf ?? recordId]).some((basis) => minorBases.includes(basis));
    throw new AppError('file-sealed', { number: stub.number ?? destructionText.noNumber, isMinor });
  }
}

/** The list as it stands after a step on it, with what the log keeps of the step. */
function stepped(context: CommandContext, listId: string, detail: AuditNote['detail'] = {}) {
  const { db, kit, session, note, changed } = context;
  const list = shownDestruction(db, kit.registry, listId, around(kit, session.accountId, {}));
  note({ detail: { number: list.number, ...detail } });
  changed('*');
  return list;
}

export const retentionHandlers = {
  'retention.periods': ({ db, kit }) => shownKinds(db, kit.registry),

  'retention.logs': ({ db }) => logKept(db),

  'retention.decide'({ db, kit, session, write, note, changed }, { kind: code, decision, note: said }) {
    const today = asDay(kit.today());
    const entry = { note: said, at: write.at, today, accountId: session.accountId };
    const kind = findKind(db, code);
    putPeriod(db, kind, decision, entry);
    const { period, letterNo, validFrom, validTo } = decision;
    const days = { ...(validFrom ? { since: validFrom } : {}), ...(validTo ? { until: validTo } : {}) };
    note({ detail: { files: kind.kind.title, period: periodText(period), letterNo, ...days } });
    changed('*');
    return shownKinds(db, kit.registry);
  },

  'retention.review': ({ db, kit }, input) => reviewOf(db, kit.registry, asked(db, kit, input)),

  'retention.sheet'({ db, kit, session, note, veil }, input) {
    const review = reviewOf(db, kit.registry, asked(db, kit, { ...input, limit: 1000 }));
    if (review.total > mostPrinted) throw new AppError('list-too-long', { most: mostPrinted });
    const rest = Array.from({ length: Math.ceil(review.total / 1000) - 1 }, (_, at) =>
      filesOf(db, kit.registry, asked(db, kit, input), { offset: (at + 1) * 1000, limit: 1000 }),
    );
    const rows = [...review.rows, ...rest.flat()].map((row) => ({
      ...row,
      ...(veil ? { title: veil.title(row.ledger, row.id) ?? '' } : {}),
    }));
    note({ detail: { rows: rows.length } });
    return reviewSheet(
      { ...review, rows },
      { unit: ownUnit(db).name, today: kit.today(), account: session.account },
    );
  },

  'retention.keep'(context, { ids, until, reason }) {
    const { db, kit, note, changed } = context;
    refuseSealed(context, ids);
    const all = new Set(ids);
    const handOver = handOverYears(ownUnit(db).level);
    keepOn(db, kit.registry, { ids: all, until: asDay(until), reason }, actorOf(context), handOver);
    note({ detail: { records: all.size, until } });
    changed('*');
    return { files: all.size };
  },

  'destruction.lists': ({ db, session }) => listsOf(db, session.accountId),

  'destruction.get': ({ db, kit, session }, { list, ...page }) =>
    shownDestruction(db, kit.registry, list, around(kit, session.accountId, page)),

  'destruction.sheet'({ db, kit, session, note, veil }, { list: listId }) {
    const whole = { offset: 0, limit: mostPrinted };
    const list = shownDestruction(db, kit.registry, listId, around(kit, session.accountId, whole));
    if (list.total > mostPrinted) throw new AppError('list-too-long', { most: mostPrinted });
    note({ detail: { number: list.number, rows: list.items.length } });
    return destructionSheet(veil ? veiledList(list, veil) : list, {
      unit: ownUnit(db).name,
      today: kit.today(),
      account: session.account,
    });
  },

  'destruction.add'(context, input) {
    const { db, kit, write } = context;
    refuseSealed(context, input.ids);
    const veil = createVeil(db, kit.registry);
    const listId = addFiles(db, kit.registry, input, actorOf(context), {
      newId: write.newId,
      handOverYears: handOverYears(ownUnit(db).level),
      maskedTitle: (ledger, recordId) => veil.title(ledger, recordId) ?? '',
    });
    return stepped(context, listId, { records: input.ids.length });
  },

  'destruction.remove'(context, { list, items, reason }) {
    removeItems(context.db, list, items, reason, actorOf(context));
    return stepped(context, list, { records: items.length });
  },

  'destruction.approve'(context, { list, approvedOn, ...approval }) {
    const { db, kit } = context;
    approveList(db, kit.registry, list, { ...approval, approvedOn: asDay(approvedOn) }, actorOf(context));
    return stepped(context, list, { letterNo: approval.letterNo, ...loggedLines(db, list, 'none') });
  },

  'destruction.carryOut'(context, { list, supervisors }) {
    const { destroyed, withheld, left } = carryOut(context.write, list, supervisors, actorOf(context));
    const { db, write } = context;
    const detail = {
      ...{ destroyed, withheld, supervisors: destructionText.people(supervisors) },
      ...loggedLines(db, list, { at: write.at }),
    };
    return { destroyed, withheld, left, list: stepped(context, list, detail) };
  },

  'destruction.withdraw'(context, { list, reason }) {
    findList(context.db, list);
    withdrawApproval(context.db, list, reason, actorOf(context));
    return stepped(context, list);
  },
} satisfies HandlersOf<
  | 'retention.periods'
  | 'retention.logs'
  | 'retention.decide'
  | 'retention.review'
  | 'retention.sheet'
  | 'retention.keep'
  | 'destruction.lists'
  | 'destruction.get'
  | 'destruction.sheet'
  | 'destruction.add'
  | 'destruction.remove'
  | 'destruction.approve'
  | 'destruction.carryOut'
  | 'destruction.withdraw'
>;
