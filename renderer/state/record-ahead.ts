import type { FieldProblems } from '#shared/api/errors.ts';
import type { Scalar } from '#shared/api/types.ts';
import { saysMore } from '#shared/ledgers/legal-rules.ts';
import { read } from './bureau.ts';
import type { FormState } from './form-state.ts';
import { type FormContent, withoutIdleRows } from './record-content.ts';

/** What the core says of a form while it is typed: of the person's other records, of limits, of who decides. */
export type Ahead = {
  /** What it was said of; once more is typed it is of before, and still shown until the next answer. */
  of: FormContent;
  problems: FieldProblems;
  warnings: FieldProblems;
  derived: Readonly<Record<string, Scalar>>;
};

const pauseMs = 250;

/** Asks after every pause in typing, in registers whose rules look beyond the record; an older answer is dropped. */
export function createAsker(get: () => FormState, set: (more: Partial<FormState>) => void) {
  const { ledger } = get();
  const isAsked = saysMore(ledger.rules);
  let timer: ReturnType<typeof setTimeout> | null = null;
  let turn = 0;

  const ask = async () => {
    timer = null;
    turn += 1;
    const [mine, { content: of, id }] = [turn, get()];
    const typed = withoutIdleRows(ledger, of);
    // What is worked out is not sent: of an older state of the form it would count as kept.
    const record = Object.fromEntries(
      Object.entries(typed).filter(([name]) => !ledger.fields[name]?.derived),
    );
    const input = { ledger: ledger.name, record, ...(id === null ? {} : { id }) };
    const said = await read('ledger.check', input).catch(() => null);
    if (said === null || mine !== turn || get().started !== started) return;
    // The answer is of the whole form: what a refused save had found is in it, or mended.
    set({ ahead: { of, ...said }, found: get().content === of ? {} : get().found });
  };
  let started = get().started;

  return {
    later(): void {
      if (!isAsked) return;
      started = get().started;
      if (timer !== null) clearTimeout(timer);
      timer = setTimeout(() => void ask(), pauseMs);
    },
    stop(): void {
      if (timer !== null) clearTimeout(timer);
      timer = null;
      turn += 1;
    },
  };
}
