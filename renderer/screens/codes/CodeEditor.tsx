import { Alert, Button, Input } from 'antd';
import { type KeyboardEvent, useLayoutEffect, useRef, useState } from 'react';
import { DayInput } from '#renderer/components/DayInput.tsx';
import { onKeys } from '#renderer/components/ime.ts';
import { call, failureFrom } from '#renderer/state/bureau.ts';
import { today } from '#renderer/state/clock.ts';
import { useKept } from '#renderer/state/kept.ts';
import { refresh } from '#renderer/state/queries.ts';
import { ownCode } from '#shared/domain/code-edition.ts';
import { type CodeItem, type CodeList, codeItemSchema, typedNumber } from '#shared/domain/code-list.ts';
import { type Day, isDay } from '#shared/domain/day.ts';
import { codesText } from '#shared/text/codes.ts';
import { errorText } from '#shared/text/errors.ts';
import { commonText } from '#shared/text/window.ts';
import { type Use, useText } from './CodeTable.tsx';

type Column = 'label' | 'aliases' | 'validFrom' | 'validTo';
type Line = Record<Column, string> & { old: CodeItem | null; key: number };

const columns: readonly Column[] = ['label', 'aliases', 'validFrom', 'validTo'];
const ends = ['validFrom', 'validTo'] as const;
const split = /[、，,;；]/;

const lineOf = (item: CodeItem, key: number): Line => ({
  old: item,
  key,
  label: item.label,
  aliases: item.aliases?.join(commonText.comma) ?? '',
  validFrom: item.validFrom ?? '',
  validTo: item.validTo ?? '',
});

/** A day as typed: null where nothing stands there, undefined where it cannot be read. */
function dayIn(text: string): Day | null | undefined {
  if (text.trim() === '') return null;
  return isDay(text) ? text : undefined;
}

/** The items as typed, or the first thing that cannot be read. */
function read(lines: readonly Line[]): { items: CodeItem[] } | { problem: string } {
  const items: CodeItem[] = [];
  const taken = new Set(lines.flatMap(({ old }) => old?.code ?? []));
  for (const [at, line] of lines.entries()) {
    const label = line.label.trim();
    if (label === '' && line.old === null && line.aliases.trim() === '') continue;
    if (label === '') return { problem: codesText.noLabel(at + 1) };
    const days: Record<string, string> = {};
    for (const end of ends) {
      const day = dayIn(line[end]);
      if (day === undefined) return { problem: codesText.badDay(label) };
      if (day !== null) days[end] = day;
    }
    const aliases = line.aliases.split(split).map((one) => one.trim());
    const filled = aliases.filter((one) => one !== '');
    const { under, heading, code = ownCode(label, taken) } = line.old ?? {};
    taken.add(code);
    const item = codeItemSchema.safeParse({
      code,
      label,
      ...(filled.length > 0 ? { aliases: filled } : {}),
      ...(under === undefined ? {} : { under }),
      ...(heading === undefined ? {} : { heading }),
      ...days,
    });
    if (!item.success) return { problem: codesText.tooLong(at + 1) };
    items.push(item.data);
  }
  return { items };
}

/** By key of the line, what will be typed for it: as lines stand, without those that nobody is offered today. */
function numbersOf(lines: readonly Line[]): Map<number, string> {
  const offered = lines.filter(({ old, validFrom, validTo }) => {
    const [from, to] = [dayIn(validFrom) ?? today(), dayIn(validTo) ?? today()];
    return !old?.heading && from <= today() && today() <= to;
  });
  return new Map(offered.map(({ key, old }, index) => [key, typedNumber(old?.code ?? '', index)]));
}

type Props = { list: CodeList; use: Use; onDone(saved: boolean): void };

/** The county's own list as a table to type in: Enter to the next cell, a new item at the end, Ctrl+S saves. */
export function CodeEditor({ list, use, onDone }: Props) {
  const [lines, setLines] = useKept(`codes ${list.list} lines`, () => list.items.map(lineOf));
  const [basis, setBasis] = useKept(`codes ${list.list} basis`, '');
  const [problem, setProblem] = useState<string | null>(null);
  const [isBusy, setBusy] = useState(false);
  const body = useRef<HTMLDivElement>(null);
  const added = useRef(1 + Math.max(-1, ...lines.map(({ key }) => key)));
  const before = useRef(lines.length);
  const removed = useRef(0);
  const numbers = numbersOf(lines);

  const names = () => [...(body.current?.querySelectorAll<HTMLInputElement>('[data-column="label"]') ?? [])];

  // The button that was pressed is gone: one goes on in the first name.
  useLayoutEffect(() => names()[0]?.focus(), []);
  // A new item is for typing in; where one was taken away, its neighbour is next.
  useLayoutEffect(() => {
    if (lines.length > before.current) names().at(-1)?.focus();
    if (lines.length < before.current) (names()[removed.current] ?? names().at(-1))?.focus();
    before.current = lines.length;
  }, [lines.length]);

  const set = (key: number, column: Column, value: string) =>
    setLines(lines.map((line) => (line.key === key ? { ...line, [column]: value } : line)));
  const add = () => {
    const empty = { label: '', aliases: '', validFrom: '', validTo: '' };
    setLines([...lines, { ...empty, old: null, key: added.current++ }]);
  };
  const save = async () => {
    const typed = read(lines);
    if ('problem' in typed) return setProblem(typed.problem);
    if (basis.trim() === '') return setProblem(codesText.noBasis);
    setBusy(true);
    setProblem(null);
    try {
      await call('codes.define', { list: list.list, basis, items: typed.items });
      refresh();
      onDone(true);
    } catch (caught) {
      setProblem(errorText(failureFrom(caught)));
      setBusy(false);
    }
  };
  const keys = (event: KeyboardEvent<HTMLDivElement>) => {
    if (event.key === 's' && event.ctrlKey) {
      event.preventDefault();
      void save();
    } else if (event.key === 'Enter' && event.target instanceof HTMLInputElement) {
      event.preventDefault();
      const inputs = [...(body.current?.querySelectorAll<HTMLInputElement>('input:not([disabled])') ?? [])];
      const next = inputs[inputs.indexOf(event.target) + 1];
      if (next) next.focus();
      else void save();
    }
  };

  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: the keys of the inputs in it
    <div ref={body} data-form onKeyDown={onKeys(keys)}>
      {problem && <Alert role="alert" type="error" showIcon title={problem} />}
      <table className="table codes-edit">
        <thead>
          <tr>
            <th scope="col" title={codesText.numberHint}>
              {codesText.number}
            </th>
            {columns.map((column) => (
              <th key={column} scope="col">
                {codesText[column]}
              </th>
            ))}
            <th scope="col">{codesText.used}</th>
            <th scope="col">{codesText.remove}</th>
          </tr>
        </thead>
        <tbody>
          {lines.map((line, row) => (
            <tr key={line.key}>
              <td className="nowrap codes-number">{numbers.get(line.key)}</td>
              {columns.map((column) => (
                <td key={column}>
                  {column === 'validFrom' || column === 'validTo' ? (
                    <DayInput
                      id={`code-${line.key}-${column}`}
                      label={codesText.cell(codesText[column], row + 1)}
                      value={line[column]}
                      onChange={(day) => set(line.key, column, day)}
                      today={today()}
                    />
                  ) : (
                    <Input
                      size="small"
                      data-column={column}
                      aria-label={codesText.cell(codesText[column], row + 1)}
                      value={line[column]}
                      onChange={(event) => set(line.key, column, event.target.value)}
                    />
                  )}
                </td>
              ))}
              <td className="nowrap quiet" title={useText(use, line.old?.code ?? '')}>
                {codesText.records(use.find(({ code }) => code === line.old?.code)?.records ?? 0)}
              </td>
              <td>
                <Button
                  size="small"
                  type="text"
                  aria-label={codesText.removeItem(line.label)}
                  onClick={() => {
                    removed.current = row;
                    setLines(lines.filter(({ key }) => key !== line.key));
                  }}
                >
                  {codesText.remove}
                </Button>
              </td>
            </tr>
          ))}
        </tbody>
      </table>
      <p className="codes-confirm">
        <Button size="small" onClick={add}>
          {codesText.add}
        </Button>
        <Input
          size="small"
          aria-label={codesText.basis}
          placeholder={codesText.basis}
          value={basis}
          onChange={(event) => setBasis(event.target.value)}
        />
        <Button size="small" type="primary" loading={isBusy} title="Ctrl+S" onClick={() => void save()}>
          {codesText.save}
        </Button>
        <Button size="small" onClick={() => onDone(false)}>
          {codesText.cancel}
        </Button>
      </p>
      <p className="quiet">{codesText.keys}</p>
    </div>
  );
}
