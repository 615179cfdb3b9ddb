import { findPaper } from '#core/documents/own-store.ts';
import { isTyped, seriesOf } from '#core/documents/paper-numbers.ts';
import { copiesOf, fits } from '#core/documents/papers.ts';
import { nextNumber, patternsOf } from '#core/ledgers/numbering.ts';
import { saveRecord } from '#core/ledgers/store.ts';
import type { StoredRecord } from '#core/ledgers/table.ts';
import { AppError } from '#shared/api/errors.ts';
import type { RecordContent, UnitLevel } from '#shared/api/types.ts';
import type { Paper } from '#shared/document/papers.ts';
import { hasPrefix } from '#shared/domain/case-number.ts';
import { uncountedStates } from '#shared/ledgers/workflow.ts';
import type { CommandContext, HandlersOf } from '../context.ts';
import { readPapers } from './paper-making.ts';

type Row = Record<string, unknown>;
const levels: readonly UnitLevel[] = ['station', 'county', 'city', 'province'];

/** Where the number of a paper stands: in the record, or in the row that the paper is made for. */
function holderOf(record: StoredRecord, { perRow }: Paper, copy: string | undefined): Row {
  if (perRow === undefined) return record.content as Row;
  const rows = record.content[perRow] as unknown as readonly Row[];
  return rows[Number(copy ?? 0)] ?? {};
}

function withNumber(record: StoredRecord, paper: Paper, copy: string | undefined, number: string): Row {
  const field = paper.number?.field ?? '';
  const { perRow } = paper;
  if (perRow === undefined) return { ...record.content, [field]: number };
  const rows = record.content[perRow] as unknown as readonly Row[];
  const numbered = rows.map((row, index) =>
    index === Number(copy ?? 0) ? { ...row, [field]: number } : row,
  );
  return { ...record.content, [perRow]: numbered };
}

/** Refuses a number to a unit that did not decide, and one without the short name that it is to print. */
function checkUnit({ db, write }: CommandContext, paper: Paper): void {
  const series = seriesOf(paper);
  const { title, number } = paper;
  if (!series || !number) throw new AppError('paper-unnumbered', { title });
  if (levels.indexOf(write.unit.level) < levels.indexOf(number.level))
    throw new AppError('paper-number-level', { title, level: number.level });
  if (write.unit.prefix.trim() === '' && hasPrefix(patternsOf(db, series.ledger).current))
    throw new AppError('paper-number-prefix', { title });
}

export const paperNumberHandlers: HandlersOf<'paper.number'> = {
  'paper.number': (context, { id, kind, copy }) => {
    const { db, write } = context;
    const papers = readPapers(context, id);
    const { record } = papers.source;
    const paper = findPaper(db, kind);
    if (!fits(papers, paper))
      throw new AppError('paper-unfit', { title: paper.title, ledger: record.ledger.name });
    checkUnit(context, paper);
    const series = seriesOf(paper);
    if (!series || !paper.number) throw new AppError('paper-unnumbered', { title: paper.title });
    if (!copiesOf(papers, paper).some(({ key }) => copy === undefined || key === copy))
      throw new AppError('paper-copy-missing', { title: paper.title });
    if (uncountedStates(record.ledger.workflow).includes(record.state))
      throw new AppError('paper-unfit', { title: paper.title, ledger: record.ledger.name });
    const holder = holderOf(record, paper, copy);
    const present = holder[paper.number.field];
    if (typeof present === 'string' && present !== '') return { number: present, isNew: false };
    const { on } = paper.number;
    const dated = { ...holder, [on]: holder[on] ?? write.today } as unknown as RecordContent;
    for (;;) {
      const number = nextNumber(write, series.ledger, dated);
      if (number === null) throw new AppError('paper-number-none', { title: paper.title });
      if (isTyped(db, paper, record, number)) continue;
      const content = withNumber(record, paper, copy, number);
      saveRecord(write, record.ledger, { id: record.id, baseVersion: record.version, record: content });
      context.note({ ledger: record.ledger.name, recordId: record.id, detail: { kind: paper.kind } });
      context.changed(record.ledger.name);
      return { number, isNew: true };
    }
  },
};
