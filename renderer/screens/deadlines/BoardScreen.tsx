import { Alert, Button, Spin } from 'antd';
import { type RefObject, useEffect, useLayoutEffect, useRef, useState } from 'react';
import { create } from 'zustand';
import { useActions } from '#renderer/commands/actions.ts';
import { FailureAlert } from '#renderer/components/FailureAlert.tsx';
import { onKeys } from '#renderer/components/ime.ts';
import { PrintButtons } from '#renderer/components/PrintButtons.tsx';
import { usePrint } from '#renderer/state/print.ts';
import { useQuery } from '#renderer/state/queries.ts';
import { go } from '#renderer/state/route.ts';
import type { AskedDeadlines, Board, BoardPart } from '#shared/api/deadline-types.ts';
import { calendarText } from '#shared/text/calendar.ts';
import { boardText, partNames } from '#shared/text/deadlines.ts';
import { printText } from '#shared/text/prints.ts';
import { accountsText } from '#shared/text/safety.ts';
import { DueColumn, walkBoard } from './DueColumn.tsx';

type Asked = { [F in keyof AskedDeadlines]?: string };

/** What the board was last asked; it is the same when one comes back from a record. */
const useAsked = create<{ asked: Asked }>(() => ({ asked: {} }));
const ask = (change: (before: Asked) => Asked) =>
  useAsked.setState(({ asked }) => ({ asked: change(asked) }));

const parts: readonly BoardPart[] = ['overdue', 'today', 'week'];
const firstPage = 100;
const mostRows = 1000;

/** Overdue, due today, due within seven days: what to do next, by whom, under which article. */
export function BoardScreen() {
  const asked = useAsked(({ asked: now }) => now);
  const [limit, setLimit] = useState(firstPage);
  const { value: board, failure } = useQuery('deadline.board', { ...asked, limit });
  const body = useRef<HTMLDivElement>(null);
  const isThere = board !== null;

  // The keys walk the board at once, where nothing else has them
  useLayoutEffect(() => {
    if (isThere && document.activeElement?.contains(body.current)) focusFirst(body.current);
  }, [isThere]);
  // A filter may take the entry away that had the focus
  useEffect(() => {
    if (document.activeElement === document.body) focusFirst(body.current);
  });

  const work = usePrint({
    title: printText.pdfTitle(boardText.title),
    name: boardText.fileName(board?.on ?? ''),
    order: () => ({ method: 'deadline.sheet', input: asked }),
  });
  useActions('board', [
    {
      id: 'board.print',
      label: printText.toPaper,
      shortcut: 'Ctrl+P',
      // The sheet is made of its own accord: a key that comes before the board is painted is not lost.
      isEnabled: true,
      run: work.toPaper,
    },
    { id: 'board.rules', label: boardText.rules, isEnabled: true, run: () => go({ screen: 'rules' }) },
  ]);

  const isFiltered = asked.person !== undefined || asked.unit !== undefined || asked.rule !== undefined;
  const isEmpty = board !== null && parts.every((part) => board.counts[part] === 0);
  return (
    <section className="screen" aria-label={boardText.title}>
      <header className="screen-head">
        <h1 className="screen-title">{boardText.title}</h1>
        <span className="quiet">{board && boardText.on(board.on)}</span>
        <span className="quiet" role="status">
          {work.isBusy ? printText.working : work.done}
        </span>
        <span className="stretch" />
        {board && <BoardFilters board={board} asked={asked} />}
        {isFiltered && (
          <Button size="small" onClick={() => ask(({ on }) => (on === undefined ? {} : { on }))}>
            {boardText.clear}
          </Button>
        )}
        <Button size="small" onClick={() => go({ screen: 'rules' })}>
          {boardText.rules}
        </Button>
        <PrintButtons work={work} shortcut="Ctrl+P" word={null} isDisabled={!isThere} />
      </header>
      <FailureAlert failure={work.failure ?? failure} again={work.again} />
      {board && <BoardWarnings board={board} asked={asked} />}
      {board === null && !failure && <Spin className="centre" />}
      {board && isEmpty && (
        <p className="board-empty quiet">{isFiltered ? boardText.nothingFits : boardText.nothing}</p>
      )}
      {board && !isEmpty && <BoardJumps board={board} body={body} />}
      {board && !isEmpty && (
        // biome-ignore lint/a11y/noStaticElementInteractions: arrow keys walk the buttons inside
        <div ref={body} className="board" onKeyDown={onKeys(walkBoard)}>
          {parts.map((part) => (
            <DueColumn
              key={part}
              part={part}
              rows={board[part]}
              all={board.counts[part]}
              onMore={limit < mostRows ? () => setLimit(mostRows) : null}
            />
          ))}
        </div>
      )}
      {board && !isEmpty && <p className="board-keys quiet">{boardText.keys}</p>}
    </section>
  );
}

/** Where the parts stand one below the other, what is due today is one press away, however much is overdue. */
function BoardJumps({ board, body }: { board: Board; body: RefObject<HTMLElement | null> }) {
  const jump = (part: BoardPart) => {
    const column = body.current?.querySelector<HTMLElement>(`.due-${part}`) ?? null;
    column?.scrollIntoView({ block: 'start' });
    column?.querySelector<HTMLElement>('[data-due]')?.focus({ preventScroll: true });
  };
  return (
    <nav className="board-jumps" aria-label={boardText.jumps}>
      {parts.map((part) => (
        <Button
          key={part}
          size="small"
          className={`due-jump due-jump-${part}`}
          disabled={board.counts[part] === 0}
          onClick={() => jump(part)}
        >
          {partNames[part]}
          <span className="due-count">{board.counts[part]}</span>
        </Button>
      ))}
    </nav>
  );
}

const focusFirst = (body: HTMLElement | null) => body?.querySelector<HTMLElement>('[data-due]')?.focus();

function BoardWarnings({ board, asked }: { board: Board; asked: Asked }) {
  const { clock, unknownYears } = board;
  const other = clock.isBehind ? clock.today : (clock.later ?? clock.today);
  return (
    <>
      {clock.later && asked.on === undefined && (
        <Alert
          role="alert"
          type="warning"
          showIcon
          title={boardText.clock(clock.today, clock.later, clock.isBehind)}
          action={
            <Button size="small" onClick={() => ask((before) => ({ ...before, on: other }))}>
              {boardText.useDay(other, clock.isBehind)}
            </Button>
          }
        />
      )}
      {board.nobodyAudits && <Alert role="note" type="warning" showIcon title={accountsText.noAudit()} />}
      {board.idleDuties && (
        <Alert role="note" type="warning" showIcon title={accountsText.idle(board.idleDuties)} />
      )}
      {unknownYears.length > 0 && (
        <Alert role="note" type="warning" showIcon title={calendarText.missingYears(unknownYears)} />
      )}
    </>
  );
}

/** Counts stand beside every choice, so that one sees where the work lies before choosing. */
function BoardFilters({ board, asked }: { board: Board; asked: Asked }) {
  const sum = (one: Record<BoardPart, number>) => one.overdue + one.today + one.week;
  const select = (
    field: 'person' | 'unit' | 'rule',
    label: string,
    none: string,
    choices: { value: string; name: string; count: number }[],
  ) => {
    const chosen = asked[field];
    const isListed = chosen === undefined || choices.some(({ value }) => value === chosen);
    const shown = isListed ? choices : [...choices, { value: chosen, name: chosen, count: 0 }];
    return (
      <select
        className="field-input board-filter"
        aria-label={label}
        value={chosen === undefined ? '*' : `=${chosen}`}
        onChange={({ target }) =>
          ask(({ [field]: _before, ...others }) =>
            target.value === '*' ? others : { ...others, [field]: target.value.slice(1) },
          )
        }
      >
        <option value="*">{none}</option>
        {shown.map(({ value, name, count }) => (
          <option key={value} value={`=${value}`}>
            {boardText.counted(name, count)}
          </option>
        ))}
      </select>
    );
  };
  return (
    <>
      {select(
        'person',
        boardText.person,
        boardText.everybody,
        board.persons.map((one) => ({
          value: one.person,
          name: one.name || boardText.nobody,
          count: sum(one),
        })),
      )}
      {(board.units.length > 1 || asked.unit !== undefined) &&
        select(
          'unit',
          boardText.unit,
          boardText.everywhere,
          board.units.map((one) => ({ value: one.unitId, name: one.name, count: sum(one) })),
        )}
      {select(
        'rule',
        boardText.rule,
        boardText.everything,
        board.rules.map((one) => ({ value: one.rule, name: one.what, count: sum(one) })),
      )}
    </>
  );
}
