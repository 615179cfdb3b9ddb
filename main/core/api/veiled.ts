import type { Veil } from '#core/ledgers/veil.ts';
import type { Board } from '#shared/api/deadline-types.ts';
import { AppError, type ErrorCode } from '#shared/api/errors.ts';
import type { InputOf, MethodName, OutputOf } from '#shared/api/methods.ts';
import type { DestructionList, DestructionShown } from '#shared/api/retention-types.ts';
import type { PaperLine, Whole } from '#shared/api/types.ts';
import { destructionText } from '#shared/text/retention.ts';
import { hiddenText } from '#shared/text/words.ts';
import type { Kit } from './context.ts';

type Around<M extends MethodName> = { kit: Kit; veil: Veil; input: InputOf<M> };
type Shown<M extends MethodName> = (answer: OutputOf<M>, around: Around<M>) => OutputOf<M>;
type Titled = { ledger: string; id: string; title: string };

/** The titles of records of any registers, read a register at a time. */
function titled<R extends Titled>(rows: readonly R[], veil: Veil): R[] {
  const byLedger = new Map<string, string[]>();
  for (const { ledger, id } of rows) byLedger.set(ledger, [...(byLedger.get(ledger) ?? []), id]);
  const titles = new Map([...byLedger].flatMap(([ledger, ids]) => [...veil.titles(ledger, ids)]));
  return rows.map((row) => ({ ...row, title: titles.get(row.id) ?? '' }));
}

/** What tells copies of a paper apart may name somebody. */
const veiledLine = (paper: PaperLine): PaperLine => ({
  ...paper,
  copies: paper.copies.map((copy) => ({ ...copy, label: copy.label === '' ? '' : hiddenText })),
});

function whole<W extends Whole>(answer: W, { kit, veil }: { kit: Kit; veil: Veil }): W {
  const ledger = kit.registry.find(answer.ledger);
  const titles = { ...answer.titles };
  for (const [field, { kind, ref }] of Object.entries(ledger.fields)) {
    const value = answer.record[field];
    if (kind === 'ref' && ref && typeof value === 'string') titles[value] = veil.title(ref, value) ?? '';
  }
  const record = veil.content(ledger, answer.record);
  return { ...answer, record, titles, title: veil.title(answer.ledger, answer.id) ?? '', isVeiled: true };
}

/**
 * What answers look like to a session that has given no reason: the rest of the methods that read records either show
 * nothing of persons or are refused to it (`whole` in their declaration). A test enters known values into every field and
 * looks for them in every answer.
 */
const veils: { [M in MethodName]?: Shown<M> } = {
  'ledger.get': whole,
  'ledger.save': whole,
  'ledger.act': whole,
  'ledger.related': (parts, { veil }) =>
    parts.map((part) => {
      const titles = veil.titles(
        part.ledger,
        part.rows.map(({ id }) => id),
      );
      return { ...part, rows: part.rows.map((row) => ({ ...row, title: titles.get(row.id) ?? '' })) };
    }),
  'ledger.list': (page, { kit, veil, input }) => veil.page(kit.registry.find(input.ledger), page),
  'ledger.choices': (choices, { veil, input }) => {
    const titles = veil.titles(
      input.ledger,
      choices.map(({ id }) => id),
    );
    return choices.map((choice) => ({ ...choice, label: titles.get(choice.id) ?? '' }));
  },
  'ledger.titles': (titles, { veil, input }) =>
    Object.fromEntries(veil.titles(input.ledger, Object.keys(titles))),
  'paper.list': (answer, { veil, input }) => ({
    ...answer,
    title: veil.title('mediation', input.id) ?? '',
    papers: answer.papers.map(veiledLine),
    parts: answer.parts.map((part) => ({ ...part, papers: part.papers.map(veiledLine) })),
  }),
  'deadline.board': (board, { veil }) => veiledBoard(board, veil),
  'deadline.record': (answer, { veil }) => ({ ...answer, deadlines: titled(answer.deadlines, veil) }),
  'indicator.records': (answer, { kit, veil }) => {
    // Base data (areas, units) stand among them under names that are no register's.
    const isRecord = ({ ledger }: Titled) => kit.registry.all.some(({ name }) => name === ledger);
    const known = titled(answer.records.filter(isRecord), veil);
    return { ...answer, records: answer.records.map((row) => known.find(({ id }) => id === row.id) ?? row) };
  },
  'retention.review': (review, { veil }) => ({
    ...review,
    rows: titled(review.rows, veil).map((row) => ({
      ...row,
      kept: row.kept && { ...row.kept, reason: veil.text(row.ledger, row.id, row.kept.reason) },
    })),
  }),
  'destruction.lists': (lists) => lists.map(withoutReasons),
  'destruction.get': (list, { veil }) => veiledList(list, veil),
  'destruction.add': (list, { veil }) => veiledList(list, veil),
  'destruction.remove': (list, { veil }) => veiledList(list, veil),
  'destruction.approve': (list, { veil }) => veiledList(list, veil),
  'destruction.withdraw': (list, { veil }) => veiledList(list, veil),
  'destruction.carryOut': (done, { veil }) => ({ ...done, list: veiledList(done.list, veil) }),
  'attachment.list': (rows) => rows.map((row) => ({ ...row, title: hiddenText, fileName: hiddenText })),
};

/** What was said of a whole list may be of anybody on it. */
const withoutReasons = <L extends DestructionList>(list: L): L => ({
  ...list,
  events: list.events.map((event) => (event.reason === undefined ? event : { ...event, reason: hiddenText })),
});

export const veiledList = (list: DestructionShown, veil: Veil): DestructionShown => ({
  ...withoutReasons(list),
  items: list.items.map((item) => ({
    ...item,
    opinion: veil.text(item.ledger, item.recordId, item.opinion),
    // What the program found says no name; what was typed may.
    why:
      item.state === 'withheld' && item.why.startsWith(destructionText.withdrawn('')) ? hiddenText : item.why,
  })),
});

export const veiledBoard = (board: Board, veil: Veil): Board => ({
  ...board,
  overdue: titled(board.overdue, veil),
  today: titled(board.today, veil),
  week: titled(board.week, veil),
});

/** Refusals that name a record or a scan (not a paper), and where they do. */
const titledFailures: ReadonlyMap<ErrorCode, 'title' | 'record'> = new Map([
  ['paper-no-case', 'title'],
  ['hand-over-stuck', 'title'],
  ['still-in-use', 'title'],
  ['attachment-present', 'title'],
  ['attachment-removed', 'title'],
  ['attachment-lost', 'title'],
  ['attachment-damaged', 'title'],
  ['file-not-due', 'title'],
  ['file-obstructed', 'title'],
  ['safety-paper-unfit', 'record'],
]);

/** Whether a refusal names a record by its title. */
export const isTitledFailure = (error: unknown): error is AppError =>
  error instanceof AppError && titledFailures.has(error.code);

/** A refusal as the session may read it. */
export function veilFailure(error: unknown): unknown {
  if (!isTitledFailure(error)) return error;
  const param = titledFailures.get(error.code) ?? 'title';
  return new AppError(error.code, { ...error.params, [param]: hiddenText } as never, { cause: error });
}

/** The answer as the session may see it. */
export function veilAnswer(
  kit: Kit,
  veil: Veil,
  method: MethodName,
  input: unknown,
  answer: unknown,
): unknown {
  const shown = veils[method] as ((answer: unknown, around: unknown) => unknown) | undefined;
  return shown ? shown(answer, { kit, veil, input }) : answer;
}
