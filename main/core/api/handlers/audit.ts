import { firstBrokenEntry } from '#core/audit/chain.ts';
import { isAsBefore, logState, signHead } from '#core/audit/heads.ts';
import { countOfDay, ledgerInLog, logEntries } from '#core/audit/log.ts';
import { listHtml } from '#core/documents/list-html.ts';
import { ownUnit, readSetting } from '#core/settings/settings.ts';
import type { AuditHead, HeadPurpose, LogLine } from '#shared/api/audit-types.ts';
import { AppError } from '#shared/api/errors.ts';
import { lookMethods } from '#shared/api/methods.ts';
import { auditActions, auditText } from '#shared/text/audit.ts';
import { shortInstant } from '#shared/text/words.ts';
import type { CommandContext, HandlersOf } from '../context.ts';
import { handUp } from '../hand-up.ts';
import { linesFor, objectOf, recordsMeant } from './log-lines.ts';

const pageSize = 100;

/** A signed head: of the whole log, or of its part up to `entry`. */
export function sign(
  { db, kit, session, write, signer }: CommandContext,
  purpose: HeadPurpose,
  entry?: number,
): AuditHead {
  // The file beside the ledger is to know of it before anybody has it.
  write.moved.hasOthers = true;
  return signHead(db, {
    ledgerId: readSetting(db, 'ledgerId') ?? kit.folder(),
    at: write.at,
    account: session.account,
    purpose,
    signer: signer(),
    ...(entry === undefined ? {} : { entry }),
  });
}

function sheetRow({ entry, at, account, installation, machine, action, title, said }: LogLine): string[] {
  const what = auditActions[action] ?? action;
  return [
    String(entry),
    shortInstant(at),
    account,
    auditText.machine(machine, installation),
    what,
    title ?? '',
    said,
  ];
}

type Asked = {
  isWithoutLooks?: boolean | undefined;
  record?: string | undefined;
  recordId?: string | undefined;
};

/** What was asked, in the log's own terms; `meant`: which records a number as it was typed may be of. */
export const asQuestion = <Q extends Asked>(
  { isWithoutLooks, record, recordId, ...rest }: Q,
  meant: (text: string) => string[],
) => ({
  ...rest,
  ...(isWithoutLooks ? { without: lookMethods } : {}),
  ...(record === undefined && recordId === undefined
    ? {}
    : {
        recordIds: [
          ...(recordId === undefined ? [] : [recordId]),
          ...(record === undefined ? [] : meant(record)),
        ],
      }),
});

const weights = [4, 9, 7, 10, 11, 16, 30];

export const auditHandlers = {
  'audit.list'(context, { limit = pageSize, ...question }) {
    const { db, kit, note } = context;
    const asked = asQuestion(question, (text) => recordsMeant(kit, db, text));
    const entries = logEntries(db, { ...asked, limit: limit + 1 }, objectOf(kit, db));
    // Whoever reads what was done with one record has looked at that record, and stands among its own entries.
    const [only, ...others] = asked.recordIds ?? [];
    const isOne = only !== undefined && others.length === 0;
    const ledger = isOne ? ledgerInLog(db, only) : null;
    note({
      ...(ledger === null ? {} : { ledger, recordId: only }),
      detail: { rows: Math.min(limit, entries.length) },
    });
    return { entries: linesFor(context, entries.slice(0, limit)), more: entries.length > limit };
  },
  'audit.state': ({ db, kit }) => ({
    ...logState(db, readSetting(db, 'ledgerId') ?? ''),
    handUp: handUp(db, kit.env.now().getTime()),
  }),
  'audit.check': ({ db }, { entry, code }) => ({
    entry,
    isSame: isAsBefore(db, entry, { code }),
    broken: firstBrokenEntry(db),
  }),
  'audit.daySheet'(context, { on }) {
    const { db, kit, note } = context;
    const head = sign(context, 'daySheet');
    const most = 2000;
    const asked = { from: on, to: on, without: lookMethods, limit: most + 1 };
    const entries = logEntries(db, asked, objectOf(kit, db)).reverse();
    if (entries.length > most) throw new AppError('list-too-long', { most });
    const [first, last] = [entries[0]?.entry, entries.at(-1)?.entry];
    const looks = countOfDay(db, on, lookMethods);
    const title = auditText.sheetTitle(on);
    note({ detail: { rows: entries.length, head: head.entry } });
    const html = listHtml(
      {
        title,
        facts: [
          auditText.unit(ownUnit(db).name),
          first === undefined || last === undefined ? auditText.noEntries : auditText.entries(first, last),
          ...(looks > 0 ? [auditText.looks(looks)] : []),
          auditText.head(head.entry, head.code),
          auditText.signedBy(head.account, head.fingerprint),
          auditText.keep,
          auditText.signature,
        ],
        columns: auditText.columns.map((label, at) => ({
          label,
          weight: weights[at] ?? 10,
          isAmount: false,
        })),
        rows: linesFor(context, entries).map(sheetRow),
        empty: auditText.empty,
      },
      auditText.order,
    );
    return { html, title, rows: entries.length };
  },
} satisfies HandlersOf<'audit.list' | 'audit.state' | 'audit.check' | 'audit.daySheet'>;
