import { listHtml } from '#core/documents/list-html.ts';
import type { DestructionItem, DestructionShown, FileRow, Review } from '#shared/api/retention-types.ts';
import type { PrintedPage } from '#shared/api/types.ts';
import type { Period } from '#shared/domain/retention.ts';
import { destructionText, obstacleText, periodText, sheetWords as say } from '#shared/text/retention.ts';

/** Lists for paper, with the columns an archivist expects and room for the signatures. */

type Around = { unit: string; today: string; account: string };
type Line = {
  number: string | null;
  title: string;
  kindTitle: string;
  filedOn: string;
  period: Period;
  endedOn: string | null;
  pages: number | null;
  note: string;
};

const weights = [16, 17, 12, 4, 5.5, 8, 4, 17];
const fixed = new Set([0, 3, 5]);

function page(
  title: string,
  {
    facts,
    lines,
    last,
    signatures,
  }: {
    facts: readonly string[];
    lines: readonly Line[];
    last: string;
    signatures: readonly string[];
  },
): PrintedPage {
  const columns = [...say.columns, last].map((label, at) => ({
    label,
    weight: weights[at] ?? 10,
    isAmount: false,
    isFixed: fixed.has(at),
  }));
  const rows = lines.map((line) => [
    line.number ?? '',
    line.title,
    line.kindTitle,
    say.year(line.filedOn),
    periodText(line.period),
    line.endedOn ?? '',
    line.pages === null ? '' : String(line.pages),
    line.note,
  ]);
  const html = listHtml({ title, facts, columns, rows, empty: say.empty, signatures }, say.order);
  return { html, title, rows: rows.length };
}

const noteOf = ({ obstacles }: FileRow) => obstacles.map((one) => say.stays(obstacleText(one))).join('\n');

export function reviewSheet(review: Review, { unit, today, account }: Around): PrintedPage {
  const { what, on, rows, total } = review;
  const lines = rows.map((row): Line => ({ ...row, note: noteOf(row) }));
  return page(say.titles[what], {
    facts: [
      say.unit(unit),
      say.on(on),
      rows.length < total ? say.cut(rows.length, total) : say.total(total),
      say.printed(today, account),
    ],
    lines,
    last: what === 'ended' ? say.opinion : say.note,
    signatures: say.signatures[what],
  });
}

export function destructionSheet(list: DestructionShown, { unit, today, account }: Around): PrintedPage {
  const { events, items } = list;
  const withdrawn = events.findLastIndex(({ action }) => action === 'withdraw');
  const approval = events.findLast(({ action }, at) => action === 'approve' && at > withdrawn);
  const begun = events.findLast(({ action }) => action === 'begin');
  const lines = items.map(
    (item: DestructionItem): Line => ({
      ...item,
      period: item.years,
      note: destructionText.noteOf(item),
    }),
  );
  const { authority = '', letterNo = '', approvedOn = '' } = approval ?? {};
  return page(list.number, {
    facts: [
      say.unit(unit),
      say.total(items.length),
      ...(approval ? [say.approval(authority, letterNo, approvedOn, approval.account)] : []),
      ...(begun ? [say.carriedOut(begun.at.slice(0, 10), begun.supervisors ?? [])] : []),
      say.printed(today, account),
    ],
    lines,
    last: say.opinion,
    signatures: say.signatures.destruction,
  });
}
