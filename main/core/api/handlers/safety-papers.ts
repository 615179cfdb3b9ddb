import { together } from '#core/documents/papers.ts';
import { recordFields, safetyPaper } from '#core/documents/safety-papers.ts';
import { findRecord } from '#core/ledgers/registry.ts';
import { ownUnit } from '#core/settings/settings.ts';
import { AppError } from '#shared/api/errors.ts';
import type { Fields } from '#shared/document/resolve.ts';
import type { ResolvedDocument } from '#shared/document/resolved.ts';
import { chineseDay } from '#shared/domain/chinese-date.ts';
import { asDay, yearOf } from '#shared/domain/day.ts';
import { perPerson, type SafetyPaperKind, safetyPapers } from '#shared/domain/safety-papers.ts';
import { safetyPaperText } from '#shared/text/safety-papers.ts';
import type { HandlersOf, QueryContext } from '../context.ts';
import { programAssessment } from '../program-assessment.ts';
import { printable, toDocx } from './paper-making.ts';
import { selfCheckItems } from './self-check.ts';

type Wish = {
  kind: SafetyPaperKind;
  id?: string | undefined;
  year?: number | undefined;
  names?: readonly string[] | undefined;
};

/** The paper settled. Throws `record-missing`, `safety-paper-unfit`, `veiled`. */
function made(context: QueryContext, { kind, id, year, names }: Wish): ResolvedDocument {
  const { db, kit, note } = context;
  const today = asDay(kit.today());
  const fields = { unitName: ownUnit(db).name, today: chineseDay(today) };
  note({ detail: { kind } });
  if (kind === 'selfCheck') {
    const of = year ?? yearOf(today);
    const items = selfCheckItems(context, of).map((item, at) => ({ number: String(at + 1), ...item }));
    return safetyPaper(kind, { fields: { ...fields, year: String(of) }, lists: { items } });
  }
  if (names !== undefined && kind !== perPerson)
    throw new AppError('invalid-input', { method: 'safety.paper', at: 'names' });
  /** One a person; whom they are for stands on the paper alone, the log keeps how many there were. */
  const papers = (filled: Fields): ResolvedDocument => {
    if (names === undefined) return safetyPaper(kind, { fields: filled });
    note({ detail: { kind, rows: names.length } });
    return together(names.map((addressee) => safetyPaper(kind, { fields: { ...filled, addressee } })));
  };
  if (id === undefined) return papers(fields);
  // Half a paper is of no use: what is masked is asked for first
  if (context.veil) throw new AppError('veiled', {});
  const record = findRecord(db, kit.registry, id);
  if (record.ledger.name !== safetyPapers[kind].ledger)
    throw new AppError('safety-paper-unfit', { title: safetyPaperText.titles[kind], record: record.title });
  note({ ledger: record.ledger.name, recordId: id, version: record.version, detail: { kind } });
  return papers({ ...recordFields(record, kit.labels(db)), ...fields });
}

export const safetyPaperHandlers = {
  'safety.paper': (context, wish) => printable(made(context, wish)),
  'safety.programAssessment': ({ db, kit }) => programAssessment(db, kit),
  'safety.partiesOf'({ db, kit, note }, { id }) {
    const { ledger, content, version, title } = findRecord(db, kit.registry, id);
    note({ ledger: ledger.name, recordId: id, version });
    const parties = Array.isArray(content.parties) ? content.parties : [];
    const names = parties.flatMap(({ name }) => (typeof name === 'string' && name !== '' ? [name] : []));
    return { names, title };
  },
  'safety.makePaper': async (context, { out, overwrite = false, ...wish }) => ({
    file: context.files.write(out, await toDocx(context, made(context, wish)), { overwrite }),
  }),
} satisfies HandlersOf<'safety.paper' | 'safety.partiesOf' | 'safety.programAssessment' | 'safety.makePaper'>;
