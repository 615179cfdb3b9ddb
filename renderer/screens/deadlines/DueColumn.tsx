import { Tag } from 'antd';
import type { KeyboardEvent } from 'react';
import { useMay } from '#renderer/state/program.ts';
import { go, openRecord } from '#renderer/state/route.ts';
import type { BoardPart, DueRow } from '#shared/api/deadline-types.ts';
import { sealingRules } from '#shared/domain/sealing.ts';
import { boardText, partNames } from '#shared/text/deadlines.ts';
import { commonText } from '#shared/text/window.ts';

type Props = { part: BoardPart; rows: readonly DueRow[]; all: number; onMore: (() => void) | null };

/** One part of the board: a heading with the count, a button for each entry. */
export function DueColumn({ part, rows, all, onMore }: Props) {
  return (
    <section className={`due-column due-${part}`} aria-labelledby={`due-${part}`}>
      <h2 id={`due-${part}`} className="due-head">
        {partNames[part]}
        <span className="due-count">{all}</span>
      </h2>
      {rows.length === 0 ? (
        <p className="quiet due-none">{boardText.empty[part]}</p>
      ) : (
        <ul className="due-list" aria-label={boardText.list(partNames[part])}>
          {rows.map((row) => (
            <li key={`${row.id} ${row.rule}`}>
              <DueButton row={row} />
            </li>
          ))}
          {rows.length < all && (
            <li>
              {onMore ? (
                <button type="button" className="link due-more" data-due data-home onClick={onMore}>
                  {boardText.more(rows.length, all)}
                </button>
              ) : (
                <p className="quiet due-more">{boardText.tooMany(rows.length, all)}</p>
              )}
            </li>
          )}
        </ul>
      )}
    </section>
  );
}

function DueButton({ row }: { row: DueRow }) {
  const maySeal = useMay('sealing.apply') && sealingRules.includes(row.rule);
  const { id: recordId, ledger, number } = row;
  const open = () =>
    maySeal ? go({ screen: 'sealing', apply: { recordId, ledger, number } }) : openRecord(ledger, recordId);
  return (
    <button type="button" className="due" data-due data-home onClick={open}>
      <span className="due-line">
        <strong className="due-title">{row.title}</strong>
        <span className={row.days < 0 ? 'due-days due-late' : 'due-days'}>{boardText.days(row.days)}</span>
      </span>
      <span className="due-line">
        <span>{row.what}</span>
        <span>{boardText.due(row.dueOn, row.dueTime)}</span>
      </span>
      <span className="due-line quiet">
        <span className="due-law">{boardText.law(row.law, row.article)}</span>
        <span className="nowrap">{row.personName || boardText.nobody}</span>
      </span>
      <span className="due-line quiet">
        <span>{row.number ?? row.unitName}</span>
        <span className="due-marks">
          <DueMarks row={row} />
        </span>
      </span>
    </button>
  );
}

/** What must be known beside the day. */
export function DueMarks({ row }: { row: DueRow }) {
  return (
    <>
      {row.strength === 'hard' && <Tag color="blue">{boardText.strength.hard}</Tag>}
      {row.isExtended && <Tag>{boardText.extended}</Tag>}
      {row.isEstimated && (
        <Tag title={commonText.labelled(boardText.estimatedHint, boardText.since(row.basis, row.startedOn))}>
          {boardText.estimated}
        </Tag>
      )}
      {row.isUnconfirmed && (
        <Tag color="warning" title={boardText.unconfirmedHint}>
          {boardText.unconfirmed}
        </Tag>
      )}
    </>
  );
}

/** Up and down within a part, left and right to the next; Enter is the button's own. */
export function walkBoard(event: KeyboardEvent<HTMLElement>): void {
  const from = document.activeElement;
  const columns = [...event.currentTarget.querySelectorAll('.due-column')].map((column) => [
    ...column.querySelectorAll<HTMLElement>('[data-due]'),
  ]);
  const at = columns.findIndex((column) => column.includes(from as HTMLElement));
  const column = columns[at] ?? [];
  const index = column.indexOf(from as HTMLElement);
  const target = targetOf(event.key, columns, at, index);
  if (!target) return;
  event.preventDefault();
  target.focus();
}

function targetOf(
  key: string,
  columns: readonly HTMLElement[][],
  at: number,
  index: number,
): HTMLElement | undefined {
  if (at < 0) return key === 'ArrowDown' ? columns.find(({ length }) => length > 0)?.[0] : undefined;
  const column = columns[at] ?? [];
  const beside = (step: 1 | -1) => {
    for (let other = at + step; other >= 0 && other < columns.length; other += step) {
      const there = columns[other] ?? [];
      if (there.length > 0) return there[Math.min(index, there.length - 1)];
    }
    return undefined;
  };
  switch (key) {
    case 'ArrowDown':
      return column[index + 1];
    case 'ArrowUp':
      return column[index - 1];
    case 'ArrowRight':
      return beside(1);
    case 'ArrowLeft':
      return beside(-1);
    case 'Home':
      return column[0];
    case 'End':
      return column.at(-1);
    default:
      return undefined;
  }
}
