import { Button } from 'antd';
import { type ClipboardEvent, type KeyboardEvent, useLayoutEffect, useRef, useState } from 'react';
import { focusField } from '#renderer/components/focus.ts';
import { onKeys } from '#renderer/components/ime.ts';
import type { FormState } from '#renderer/state/form-state.ts';
import { linesOf, mostPasted, rowsFromPasted } from '#renderer/state/pasted-rows.ts';
import { useMayChange } from '#renderer/state/reach.ts';
import type { FormRow } from '#renderer/state/record-content.ts';
import { mayChange, offeredInRow, shownProblem } from '#renderer/state/record-fields.ts';
import type { RecordForm } from '#renderer/state/record-form.ts';
import type { FieldProblems } from '#shared/api/errors.ts';
import { mostRows } from '#shared/api/plain-record.ts';
import { personSpecOf } from '#shared/ledgers/persons.ts';
import { problemTextAt } from '#shared/text/problems.ts';
import { formText } from '#shared/text/records.ts';
import { Fields } from './Fields.tsx';
import { type PersonDigits, PersonPanel } from './PersonPanel.tsx';

type Props = { form: RecordForm; state: FormState; problems: FieldProblems; name: string };

/** The children of a record as cards, added, removed and ordered by keyboard too. */
export function ChildRows({ form, state, problems, name }: Props) {
  const box = useRef<HTMLDivElement>(null);
  const wanted = useRef<number | null>(null);
  const [said, setSaid] = useState<{ text: string; isRefusal?: boolean } | null>(null);
  const persons = useRef(new Map<number, PersonDigits>());
  // With the rows themselves, before they can be seen: a focus that comes later takes the field from who types
  useLayoutEffect(() => {
    if (wanted.current === null) return;
    const cards = box.current?.querySelectorAll('[data-row]');
    const card = cards?.[Math.min(wanted.current, (cards.length || 1) - 1)];
    wanted.current = null;
    // Where no row is left, the keys go on at the button that adds one
    const field = (card ?? box.current)?.querySelector<HTMLElement>(card ? 'input, textarea' : '[data-add]');
    if (field) focusField(field);
  });
  const canWrite = useMayChange(state.ledger);
  const child = state.ledger.children[name];
  if (!child) return null;
  const rows = (state.content[name] ?? []) as FormRow[];
  const person = personSpecOf(state.ledger, name);
  const isFixed = !mayChange(state, canWrite, name);
  const problem = shownProblem(state, problems, name);
  const removed = state.removed?.child === name ? state.removed : null;
  // Once somebody types on, the field's own undo has the key
  const isJustRemoved = removed?.left === rows;

  const add = () => {
    if (isFixed) return;
    wanted.current = rows.length;
    setSaid(null);
    form.addRow(name);
  };
  const remove = (index: number) => {
    if (isFixed) return;
    const isGone = form.removeRow(name, index);
    if (isGone) wanted.current = index;
    setSaid(isGone ? null : { text: formText.fewestRows(child.title, child.min), isRefusal: true });
  };
  const putBack = () => {
    if (isFixed) return;
    setSaid(null);
    wanted.current = form.putRowBack(name);
  };
  const move = (index: number, step: 1 | -1) => {
    if (isFixed) return;
    wanted.current = index + step;
    form.moveRow(name, index, step);
  };
  /** Lines of a table, pasted into a name, are a person each. */
  const paste = (index: number) => (event: ClipboardEvent<HTMLElement>) => {
    const { path } = (event.target as HTMLElement).dataset;
    setSaid(null);
    if (isFixed || !person || path !== `${name}.${index}.${person.fields.name}`) return;
    const { codes, today } = state;
    const text = event.clipboardData.getData('text');
    const lines = linesOf(text).length;
    // Cut off, or run together in one name, nobody would see who is missing
    const most = Math.min(mostPasted, mostRows - rows.length + 1);
    if (lines > most) {
      event.preventDefault();
      return setSaid({ text: formText.tooManyPasted(lines, child.title, most), isRefusal: true });
    }
    const found = rowsFromPasted(text, { child, person, codes, today });
    if (!found || found.length === 0) return;
    event.preventDefault();
    wanted.current = index + found.length - 1;
    setSaid({ text: formText.pastedRows(found.length, child.title) });
    form.pasteRows({ child: name, index, spec: person }, found);
  };
  const keys = (index: number) => (event: KeyboardEvent) => {
    if (!event.altKey) return;
    if (/^Digit\d$/.test(event.code)) {
      if (!persons.current.get(index)?.(Number(event.code.slice(5)))) return;
      event.preventDefault();
      event.stopPropagation();
      return;
    }
    if (isFixed) return;
    const act: Record<string, () => void> = {
      Insert: add,
      Delete: () => remove(index),
      ArrowUp: () => move(index, -1),
      ArrowDown: () => move(index, 1),
    };
    const run = act[event.key];
    if (!run) return;
    event.preventDefault();
    event.stopPropagation();
    run();
  };

  const undo = (event: KeyboardEvent) => {
    if (!event.ctrlKey || event.shiftKey || event.altKey || event.code !== 'KeyZ') return;
    if (isFixed || !isJustRemoved) return;
    event.preventDefault();
    event.stopPropagation();
    putBack();
  };

  return (
    <div ref={box} onKeyDownCapture={onKeys(undo)}>
      {rows.map((row, index) => (
        <fieldset
          key={state.rowKeys[name]?.[index] ?? index}
          data-row={index}
          className="child-row"
          onKeyDownCapture={onKeys(keys(index))}
          onPaste={paste(index)}
        >
          <legend>{formText.row(child.title, index + 1)}</legend>
          {!isFixed && (
            <div className="child-tools">
              <Button
                size="small"
                type="text"
                aria-label={formText.moveUp(child.title, index + 1)}
                disabled={index === 0}
                onClick={() => move(index, -1)}
              >
                ↑
              </Button>
              <Button
                size="small"
                type="text"
                aria-label={formText.moveDown(child.title, index + 1)}
                disabled={index === rows.length - 1}
                onClick={() => move(index, 1)}
              >
                ↓
              </Button>
              <Button
                size="small"
                type="text"
                aria-label={formText.removeRow(child.title, index + 1)}
                disabled={rows.length <= child.min}
                onClick={() => remove(index)}
              >
                ✕
              </Button>
            </div>
          )}
          <div className="fields">
            <Fields
              form={form}
              state={state}
              problems={problems}
              fields={child.fields}
              names={offeredInRow(state, problems, child.fields, row, `${name}.${index}.`)}
              content={row}
              prefix={`${name}.${index}.`}
              beside={(units) =>
                person && (
                  <PersonPanel
                    form={form}
                    state={state}
                    place={{ child: name, index, spec: person }}
                    isFixed={isFixed}
                    digits={persons.current}
                    units={units}
                  />
                )
              }
            />
          </div>
        </fieldset>
      ))}
      {!isFixed && (
        <div className="child-foot">
          <Button size="small" data-add onClick={add}>
            {formText.addRow(child.title)}
          </Button>
          {removed && (
            <Button size="small" onClick={putBack}>
              {formText.putRowBack(child.title, removed.index + 1)}
            </Button>
          )}
          <span className={said?.isRefusal ? 'field-problem' : 'quiet'} role="status">
            {said?.text ??
              (removed && isJustRemoved
                ? formText.rowRemoved(child.title, removed.index + 1)
                : formText.rowKeys)}
          </span>
          {problem && <span className="field-problem">⚠ {problemTextAt(state.ledger, name, problem)}</span>}
        </div>
      )}
    </div>
  );
}
