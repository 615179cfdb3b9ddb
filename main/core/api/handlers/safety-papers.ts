import { recordFields, safetyPaper } from '#core/documents/safety-papers.ts';
import { findRecord } from '#core/ledgers/registry.ts';
import { ownUnit } from '#core/settings/settings.ts';
import { AppError } from '#shared/api/errors.ts';
import type { ResolvedDocument } from '#shared/document/resolved.ts';
import { chineseDay } from '#shared/domain/chinese-date.ts';
import { asDay, yearOf } from '#shared/domain/day.ts';
import { type SafetyPaperKind, safetyPapers } from '#shared/domain/safety-papers.ts';
import { safetyPaperText } from '#shared/text/safety-papers.ts';
import type { HandlersOf, QueryContext } from '../context.ts';
import { printable, toDocx } from './paper-making.ts';
import { selfCheckItems } from './self-check.ts';

type Wish = { kind: SafetyPaperKind; id?: string | undefined; year?: number | undefined };

/** The paper settled. Throws `record-missing`, `safety-paper-unfit`, `veiled`. */
function made(context: QueryContext, { kind, id, year }: Wish): ResolvedDocument {
  const { db, kit, note } = context;
  const today = asDay(kit.today());
  const fields = { unitName: ownUnit(db).name, today: chineseDay(today) };
  note({ detail: { kind } });
  if (kind === 'selfCheck') {
    const of = year ?? yearOf(today);
    const items = selfCheckItems(context, of).map((item, at) => ({ number: String(at + 1), ...item }));
    return safetyPaper(kind, { fields: { ...fields, year: String(of) }, lists: { items } });
  }
  if (id === undefined) return safetyPaper(kind, { fields });
  // Half a paper is of no use: what is masked is asked for first
  if (context.veil) throw new AppError('veiled', {});
  const record = findRecord(db, kit.registry, id);
  if (record.ledger.name !== safetyPapers[kind].ledger)
    throw new AppError('safety-paper-unfit', { title: safetyPaperText.titles[kind], record: record.title });
  note({ ledger: record.ledger.name, recordId: id, version: record.version, detail: { kind } });
  return safetyPaper(kind, { fields: { ...recordFields(record, kit.labels(db)), ...fields } });
}

export const safetyPaperHandlers = {
  'safety.paper': (context, wish) => printable(made(context, wish)),
  'safety.makePaper': async (context, { out, overwrite = false, ...wish }) => ({
    file: context.files.write(out, await toDocx(context, made(context, wish)), { overwrite }),
  }),
} satisfies HandlersOf<'safety.paper' | 'safety.makePaper'>;
