import { type KeyboardEvent, type ReactNode, useEffect, useId, useRef, useState } from 'react';
import { listText } from '#shared/text/records.ts';
import { commonText } from '#shared/text/window.ts';
import { onKeys } from './ime.ts';

export type Column = { key: string; title: string; width: number; canSort: boolean; isAmount?: boolean };
export type Sort = { field: string; descending: boolean };

type Props<R> = {
  label: string;
  columns: readonly Column[];
  total: number;
  rowAt(index: number): R | null;
  onWant(first: number, last: number): void;
  cell(row: R, column: Column): ReactNode;
  sort: Sort | null;
  onSort(sort: Sort): void;
  onOpen(row: R): void;
  /** The grid starts at its first row again when this changes. */
  resetKey: string;
  empty: ReactNode;
};

const rowHeight = 34;
// Browsers draw nothing below about 33 million pixels: longer lists are scrolled in proportion.
const mostHeight = 30_000_000;

/** A heading breaks before its unit, and the sign of the order stays with the last of it. */
function Heading({ title, children }: { title: string; children: ReactNode }) {
  const [, name = title, unit] = /^([^（]+)(（.*)$/.exec(title) ?? [];
  return (
    <>
      {unit !== undefined && name}
      <span className="nowrap">
        {unit ?? name}
        {children}
      </span>
    </>
  );
}

/** A list of any length: only the rows in sight are drawn. Sorted by its headings, walked with the arrow keys. */
export function DataGrid<R>(props: Props<R>) {
  const { columns, total, rowAt, onWant, sort, onSort, onOpen, resetKey } = props;
  const id = useId();
  const box = useRef<HTMLDivElement>(null);
  const [top, setTop] = useState(0);
  const [height, setHeight] = useState(600);
  const [active, setActive] = useState(0);

  const bodyHeight = Math.min(total * rowHeight, mostHeight);
  const inView = Math.max(1, Math.floor((height - rowHeight) / rowHeight));
  const hidden = Math.max(0, bodyHeight - inView * rowHeight);
  const isScaled = total * rowHeight > mostHeight;
  const firstFor = (scrolled: number) =>
    isScaled ? Math.round((scrolled / hidden) * (total - inView)) : Math.floor(scrolled / rowHeight);
  const topFor = (first: number) => (isScaled ? (first / (total - inView)) * hidden : first * rowHeight);
  const first = Math.max(0, Math.min(firstFor(top), Math.max(0, total - 1)));
  const from = Math.max(0, first - 5);
  const to = Math.min(total - 1, first + inView + 6);

  useEffect(() => {
    if (total > 0) onWant(from, to);
  });
  useEffect(() => {
    const element = box.current;
    if (!element) return;
    const observer = new ResizeObserver(() => setHeight(element.clientHeight));
    observer.observe(element);
    return () => observer.disconnect();
  }, []);
  // Where nobody has the focus, or only the screen around, the arrow keys are the list's.
  useEffect(() => {
    if (document.activeElement?.contains(box.current)) box.current?.focus();
  }, []);
  // Another question starts at its top.
  useEffect(() => {
    setActive(0);
    if (box.current) box.current.scrollTop = 0;
  }, [resetKey]);

  const goTo = (index: number) => {
    const next = Math.max(0, Math.min(index, total - 1));
    setActive(next);
    const element = box.current;
    if (!element) return;
    if (next < first + (isScaled || element.scrollTop % rowHeight === 0 ? 0 : 1))
      element.scrollTop = topFor(next);
    else if (next >= first + inView) element.scrollTop = topFor(next - inView + 1);
  };
  const keys = (event: KeyboardEvent) => {
    const moves: Record<string, number> = {
      ArrowDown: active + 1,
      ArrowUp: active - 1,
      PageDown: active + inView,
      PageUp: active - inView,
      Home: 0,
      End: total - 1,
    };
    const target = moves[event.key];
    if (target !== undefined) {
      event.preventDefault();
      goTo(target);
    } else if (event.key === 'Enter' && event.target === event.currentTarget) {
      // On a heading's button Enter sorts, and opens nothing.
      const row = rowAt(active);
      if (row) onOpen(row);
    }
  };

  const template = columns.map(({ title, width, canSort }, index) => {
    // A heading is never cut off: its characters are one em wide, and its unit may stand on a second line
    const longest = Math.max(...title.split(/(?=（)/).map(({ length }) => length));
    const heading = `calc(${longest + (canSort ? 1.4 : 0)}em + 10px)`;
    const share = index === 0 ? Math.round(width * 1.4) : width;
    return `minmax(max(${Math.round(width * 0.75)}px, ${heading}), ${share}fr)`;
  });
  const style = { gridTemplateColumns: template.join(' ') };
  const indexes = Array.from({ length: Math.max(0, to - from + 1) }, (_, at) => from + at);
  const offset = isScaled ? topFor(first) - (first - from) * rowHeight : from * rowHeight;
  return (
    <div className="grid-frame">
      <div
        ref={box}
        role="grid"
        data-home
        tabIndex={0}
        aria-label={props.label}
        aria-rowcount={total + 1}
        aria-colcount={columns.length}
        aria-activedescendant={total > 0 ? `${id}-${active}` : undefined}
        className="grid"
        onScroll={(event) => setTop(event.currentTarget.scrollTop)}
        onKeyDown={onKeys(keys)}
      >
        <div role="rowgroup" className="grid-head">
          {/* biome-ignore lint/a11y/useFocusableInteractive: the grid has the focus and names the active row */}
          <div role="row" aria-rowindex={1} className="grid-row" style={style}>
            {columns.map((column, index) => (
              // biome-ignore lint/a11y/useFocusableInteractive: the button inside has the focus
              <div
                key={column.key}
                role="columnheader"
                aria-colindex={index + 1}
                aria-sort={
                  sort?.field === column.key ? (sort.descending ? 'descending' : 'ascending') : undefined
                }
                className={column.isAmount ? 'grid-cell grid-amount' : 'grid-cell'}
              >
                {column.canSort ? (
                  <button
                    type="button"
                    className="sorter"
                    title={listText.sortBy(column.title)}
                    onClick={() =>
                      onSort({
                        field: column.key,
                        descending: sort?.field === column.key ? !sort.descending : false,
                      })
                    }
                  >
                    <Heading title={column.title}>
                      <span aria-hidden>
                        {sort?.field === column.key ? (sort.descending ? ' ▼' : ' ▲') : ' ↕'}
                      </span>
                    </Heading>
                  </button>
                ) : (
                  column.title
                )}
              </div>
            ))}
          </div>
        </div>
        <div role="rowgroup" className="grid-body" style={{ height: bodyHeight }}>
          {indexes.map((index, at) => {
            const row = rowAt(index);
            return (
              // biome-ignore lint/a11y/useFocusableInteractive: the grid has the focus and names the active row
              // biome-ignore lint/a11y/useKeyWithClickEvents: keys are handled by the grid
              <div
                key={index}
                id={`${id}-${index}`}
                role="row"
                aria-rowindex={index + 2}
                aria-selected={index === active}
                className="grid-row grid-line"
                style={{ ...style, top: offset + at * rowHeight }}
                onClick={() => setActive(index)}
                onDoubleClick={() => row && onOpen(row)}
              >
                {columns.map((column, place) => {
                  const shown = row ? props.cell(row, column) : commonText.toCome;
                  return (
                    // biome-ignore lint/a11y/useFocusableInteractive: the grid has the focus and names the active row
                    <div
                      key={column.key}
                      role="gridcell"
                      aria-colindex={place + 1}
                      className={column.isAmount ? 'grid-cell grid-amount' : 'grid-cell'}
                      title={typeof shown === 'string' ? shown : undefined}
                    >
                      {shown}
                    </div>
                  );
                })}
              </div>
            );
          })}
        </div>
        {total === 0 && <div className="grid-empty">{props.empty}</div>}
      </div>
    </div>
  );
}
