import path from 'node:path';
import { firstBrokenEntry } from '#core/audit/chain.ts';
import { isAsBefore, isGenuine, logState, signHead } from '#core/audit/heads.ts';
import { type ChainLine, chainLines, logEntries } from '#core/audit/log.ts';
import { sql } from '#core/db/sql.ts';
import { listHtml } from '#core/documents/list-html.ts';
import { ownUnit, readSetting } from '#core/settings/settings.ts';
import type { AuditHead, HeadPurpose, LogLine } from '#shared/api/audit-types.ts';
import { AppError } from '#shared/api/errors.ts';
import type { InputOf, OutputOf } from '#shared/api/methods.ts';
import { auditActions, auditText } from '#shared/text/audit.ts';
import { shortInstant } from '#shared/text/words.ts';
import type { CommandContext, HandlersOf, Job } from '../context.ts';
import { linesFor, objectOf } from './log-lines.ts';

const pageSize = 100;
const linesAtOnce = 5000;
const fileLimitMb = 512;

function sign({ db, kit, session, write, signer }: CommandContext, purpose: HeadPurpose): AuditHead {
  return signHead(db, {
    ledgerId: readSetting(db, 'ledgerId') ?? kit.folder(),
    at: write.at,
    account: session.account,
    purpose,
    signer: signer(),
  });
}

function sheetRow({ entry, at, account, action, title, said }: LogLine): string[] {
  const what = auditActions[action] ?? action;
  return [String(entry), shortInstant(at), account, what, title ?? '', said];
}

type Exported = { what: string; ledgerId: string; unit: string };
const exportedWhat = 'judicial-ledger audit log';

/** The lines of an exported log. Throws `audit-file-unknown` where it is none. */
function linesOf(file: string, bytes: Uint8Array): { head: AuditHead; entries: ChainLine[] } {
  try {
    const [first = '', ...rest] = Buffer.from(bytes).toString('utf8').trimEnd().split('\n');
    const last = rest.pop() ?? '';
    if ((JSON.parse(first) as Exported).what !== exportedWhat) throw new Error('another file');
    const { head } = JSON.parse(last) as { head: AuditHead };
    if (typeof head.entry !== 'number' || typeof head.signature !== 'string') throw new Error('no head');
    return { head, entries: rest.map((line) => JSON.parse(line) as ChainLine) };
  } catch (error) {
    throw new AppError('audit-file-unknown', { file }, { cause: error });
  }
}

const weights = [4, 9, 7, 11, 16, 36];

export const auditHandlers = {
  'audit.list'(context, { limit = pageSize, ...question }) {
    const { db, kit, note } = context;
    const entries = logEntries(db, { ...question, limit: limit + 1 }, objectOf(kit, db));
    note({ detail: { rows: Math.min(limit, entries.length) } });
    return { entries: linesFor(context, entries.slice(0, limit)), more: entries.length > limit };
  },
  'audit.state': ({ db }) => logState(db, readSetting(db, 'ledgerId') ?? ''),
  'audit.check'({ db, files }, input) {
    if ('code' in input) {
      const { entry, code } = input;
      return {
        entry,
        isSame: isAsBefore(db, entry, { code }),
        isGenuine: null,
        broken: firstBrokenEntry(db),
      };
    }
    const name = path.basename(files.path(input.file));
    const { head, entries } = linesOf(name, files.read(input.file, fileLimitMb));
    const other = entries.find(({ entry, hash }) => !isAsBefore(db, entry, { hash }));
    const isSame = other === undefined && isAsBefore(db, head.entry, { hash: head.hash });
    const ledgerId = readSetting(db, 'ledgerId') ?? '';
    return {
      entry: head.entry,
      isSame,
      isGenuine: isGenuine(ledgerId, head),
      broken: other?.entry ?? firstBrokenEntry(db),
    };
  },
  'audit.daySheet'(context, { on }) {
    const { db, kit, note } = context;
    const head = sign(context, 'daySheet');
    const most = 2000;
    const entries = logEntries(db, { from: on, to: on, limit: most + 1 }, objectOf(kit, db)).reverse();
    if (entries.length > most) throw new AppError('list-too-long', { most });
    const [first, last] = [entries[0]?.entry, entries.at(-1)?.entry];
    const title = auditText.sheetTitle(on);
    note({ detail: { rows: entries.length, head: head.entry } });
    const html = listHtml(
      {
        title,
        facts: [
          auditText.unit(ownUnit(db).name),
          first === undefined || last === undefined ? auditText.noEntries : auditText.entries(first, last),
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
  'audit.export': {
    async stage({ db, progress, alive }, { from, to }) {
      const lines: string[] = [];
      const all = db.value<number>(sql`select max(seq) from audit_entry`) ?? 0;
      const what: Exported = {
        what: exportedWhat,
        ledgerId: readSetting(db, 'ledgerId') ?? '',
        unit: ownUnit(db).name,
      };
      lines.push(JSON.stringify(what));
      for (let after = 0; after < all; after += linesAtOnce) {
        alive();
        for (const line of chainLines(db, { from, to, after, until: Math.min(all, after + linesAtOnce) }))
          lines.push(JSON.stringify(line));
        progress(Math.min(all, after + linesAtOnce), all);
        await new Promise((resolve) => setImmediate(resolve));
      }
      return lines;
    },
    commit(context, lines, { out, overwrite = false, reason }) {
      const head = sign(context, 'export');
      const bytes = Buffer.from(`${[...lines, JSON.stringify({ head })].join('\n')}\n`);
      const file = context.files.write(out, bytes, { overwrite });
      const entries = lines.length - 1;
      context.note({ detail: { rows: entries, reason, head: head.entry } });
      return { file, entries, head };
    },
  },
} satisfies HandlersOf<'audit.list' | 'audit.state' | 'audit.check' | 'audit.daySheet'> & {
  'audit.export': Job<InputOf<'audit.export'>, string[], OutputOf<'audit.export'>>;
};
