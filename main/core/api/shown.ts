import type { ReadDb } from '#core/db/connection.ts';
import { ledgerOfRecord } from '#core/ledgers/registry.ts';
import type { InputOf, MethodName, OutputOf } from '#shared/api/methods.ts';
import type { PersonMatter } from '#shared/api/persons.ts';
import type { LedgerSpec } from '#shared/ledgers/describe.ts';
import { fieldClass, hasVeiledHeadline } from '#shared/ledgers/veil.ts';
import type { Kit } from './context.ts';
import type { AuditNote } from './contract.ts';

/** Records of one register that an answer shows whole; `fields` are those that it was filtered by. */
export type Shown = { ledger: string | null; ids: readonly string[]; fields?: readonly string[] };

type Around<M extends MethodName> = { kit: Kit; db: ReadDb; input: InputOf<M> };
type Shows<M extends MethodName> = (answer: OutputOf<M>, around: Around<M>) => Shown[];
type Named = { ledger: string; id: string };

const mostInEntry = 500;

/** Whether anything of a record of this register is masked at first. */
const isSensitive = (ledger: LedgerSpec) =>
  hasVeiledHeadline(ledger) ||
  [ledger.fields, ...Object.values(ledger.children).map(({ fields }) => fields)].some((fields) =>
    Object.values(fields).some((spec) => fieldClass(spec) === 'sensitive'),
  );

/** Records of several registers, a part for each whose titles are masked at first. */
function byRegister(kit: Kit, rows: readonly Named[]): Shown[] {
  const found = new Map<string, string[]>();
  for (const { ledger, id } of rows) {
    const spec = kit.registry.all.find(({ name }) => name === ledger);
    if (!spec || !hasVeiledHeadline(spec)) continue;
    const ids = found.get(ledger) ?? [];
    found.set(ledger, ids);
    ids.push(id);
  }
  return [...found].map(([ledger, ids]) => ({ ledger, ids }));
}

const one = ({ kit, db }: { kit: Kit; db: ReadDb }, recordId: string): Shown => ({
  ledger: ledgerOfRecord(db, kit.registry, recordId)?.name ?? null,
  ids: [recordId],
});

const matters = (all: readonly (PersonMatter | null | undefined)[]): Named[] =>
  all.filter((matter) => matter !== null && matter !== undefined);

/** What each method that is declared `whole` shows, by its answer. */
const shows: { [M in MethodName]?: Shows<M> } = {
  'ledger.list'(page, { kit, input }) {
    const ledger = kit.registry.find(input.ledger);
    const refs = Object.entries(ledger.fields).flatMap(([field, { kind, ref }]) =>
      kind === 'ref' && ref
        ? page.rows.flatMap((row) => {
            const id = row[field];
            return typeof id === 'string' && id in page.titles ? [{ ledger: ref, id }] : [];
          })
        : [],
    );
    const fields = Object.keys(input.filter ?? {});
    const own: Shown[] = isSensitive(ledger)
      ? [{ ledger: ledger.name, ids: page.rows.map(({ id }) => id), fields }]
      : [];
    return [...own, ...byRegister(kit, refs)];
  },
  'ledger.related': (parts, { kit }) =>
    byRegister(
      kit,
      parts.flatMap(({ ledger, rows }) => rows.map(({ id }) => ({ ledger, id }))),
    ),
  'ledger.titles': (titles, { kit, input }) =>
    byRegister(
      kit,
      Object.keys(titles).map((id) => ({ ledger: input.ledger, id })),
    ),
  'ledger.choices': (choices, { kit, input }) =>
    byRegister(
      kit,
      choices.map(({ id }) => ({ ledger: input.ledger, id })),
    ),
  'search.find': ({ hits }, { kit }) => byRegister(kit, hits),
  'draft.list': (drafts, { kit }) =>
    byRegister(
      kit,
      drafts.map(({ ledger, recordId, id }) => ({ ledger, id: recordId ?? id })),
    ),
  'person.match': ({ matches, same }, { kit }) =>
    byRegister(kit, matters([...matches.map(({ last }) => last), same?.last])),
  'person.inRecord': (persons, around) => (persons.length === 0 ? [] : [one(around, around.input.id)]),
  'person.warnings': (warnings, { kit }) => byRegister(kit, matters(warnings.map(({ matter }) => matter))),
  'person.seen': (seen, { kit }) => byRegister(kit, matters(seen.map(({ warning }) => warning.matter))),
  'deadline.board': ({ overdue, today, week }, { kit }) => byRegister(kit, [...overdue, ...today, ...week]),
  'deadline.record': ({ deadlines }, { kit }) => byRegister(kit, deadlines),
  'attachment.list': (rows, around) => (rows.length === 0 ? [] : [one(around, around.input.recordId)]),
  'paper.list': ({ parts }, around) => [one(around, around.input.id), ...byRegister(around.kit, parts)],
  'retention.review': ({ rows }, { kit }) => byRegister(kit, rows),
  // Titles are masked there for everybody; what somebody said of a file is not.
  'destruction.get': ({ items }, { kit }) =>
    byRegister(
      kit,
      items.map(({ ledger, recordId }) => ({ ledger, id: recordId })),
    ),
  'destruction.lists': (lists) => {
    const ids = lists.filter(({ events }) => events.some(({ reason }) => reason)).map(({ id }) => id);
    return ids.length === 0 ? [] : [{ ledger: null, ids }];
  },
};

/** Which records an answer shows whole. A method that is declared `whole` and stands nowhere here is a fault of ours. */
export function shownIn(
  around: { kit: Kit; db: ReadDb },
  method: MethodName,
  input: unknown,
  answer: unknown,
): Shown[] {
  const show = shows[method] as ((answer: unknown, around: unknown) => Shown[]) | undefined;
  if (!show) throw new Error(`nobody said what ${method} shows`);
  return show(answer, { ...around, input });
}

/** What the log keeps of it: a note for each register, of at most 500 records each. */
export function* notesOf(method: MethodName, shown: readonly Shown[]): Generator<AuditNote> {
  for (const { ledger, ids, fields = [] } of shown)
    for (let from = 0; from < ids.length; from += mostInEntry) {
      const some = ids.slice(from, from + mostInEntry);
      const [only] = some;
      yield {
        action: method,
        ledger,
        recordId: some.length === 1 && only !== undefined ? only : null,
        version: null,
        detail: {
          records: some.length,
          ...(some.length > 1 ? { ids: [...some] } : {}),
          ...(fields.length > 0 ? { fields: [...fields] } : {}),
        },
      };
    }
}
