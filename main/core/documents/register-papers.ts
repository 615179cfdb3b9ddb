import type { Paper } from '#shared/document/papers.ts';
import type { Fields } from '#shared/document/resolve.ts';
import { contact } from '#shared/ledgers/correction/contact.ts';
import { paperWords as words } from '#shared/text/papers.ts';
import { yesNo } from '#shared/text/words.ts';
import { dayOf, dayText } from './paper-fields.ts';
import type { CasePapers, Copy, Lists, PaperMaker } from './paper-types.ts';
import { ageOn, described, recordFields, rowField, rowSaid } from './register-fields.ts';

/** Papers of a described register (社区矫正): the record, its rows, and the person whom it is about. */
export const registerPapers: PaperMaker = {
  fields: (source, parts) => ({
    ...recordFields(source),
    ...(parts.some(({ source: { record } }) => record.ledger.name === contact.name)
      ? { hasContacts: yesNo.yes }
      : {}),
  }),
  copies: copiesOf,
  waived: () => ({}),
  lists: ({ source: { record, labels }, parts }) => ({
    contacts: parts
      .filter(({ source }) => source.record.ledger.name === contact.name)
      .map(({ source }) => rowSaid(contact.fields, source.record.content, labels)),
    ...Object.fromEntries(
      Object.entries(record.ledger.children).map(([name, { fields }]) => [
        name,
        rowsOf(record.content[name]).map((row, index) => ({
          ...rowSaid(fields, row, labels),
          number: String(index + 1),
        })),
      ]),
    ),
    ...recipients,
  }),
  mayBeEmpty: () => () => false,
  blank: () => ({ fields: {}, lists: { ...emptyRows, ...recipients } }),
};

type Row = Readonly<Record<string, unknown>>;
const rowsOf = (rows: unknown): readonly Row[] => (Array.isArray(rows) ? (rows as Row[]) : []);

/** To whom each tear-off of the notice of release goes (社区矫正法 art. 44). */
const recipients: Lists = { recipients: words.releaseRecipients };

/** Rows of a form on which the tables are filled in by hand. */
const emptyRows: Lists = Object.fromEntries(
  Object.entries({ members: 6, levels: 3, plans: 3, extensions: 3, contacts: 12, pieces: 12 }).map(
    ([name, length]) => [name, Array.from({ length }, () => ({}))],
  ),
);

function copiesOf({ source }: CasePapers, paper: Paper): Copy[] {
  const { record, labels } = source;
  const day = dayOf(record, paper);
  const numberOf = (content: Row): string | undefined => {
    const value = paper.number && content[paper.number.field];
    return value ? String(value) : undefined;
  };
  if (paper.perRow !== undefined) {
    const specs = record.ledger.children[paper.perRow]?.fields ?? {};
    return rowsOf(record.content[paper.perRow]).map((row, index): Copy => {
      const said = described(specs, row, labels);
      const [own = ''] = paper.day ?? [];
      const ofRow = Object.entries(said).map(([name, value]) => [rowField(name), value]);
      const fields: Fields = {
        ...Object.fromEntries(ofRow),
        paperNo: numberOf(row),
        paperDay: said[own],
      };
      return { key: String(index), label: said[own] ?? words.rowOf(index), fields };
    });
  }
  const who = source.person ?? record;
  const fields: Fields = {
    paperNo: numberOf(record.content),
    paperDay: dayText(day),
    personAge: ageOn(who, day),
  };
  return [{ key: 'case', label: '', fields }];
}
