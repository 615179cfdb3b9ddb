import type { Failure } from '#shared/api/errors.ts';
import { ledgers } from '#shared/ledgers/all.ts';
import { errorText } from '#shared/text/errors.ts';
import { problemText, problemTextAt } from '#shared/text/problems.ts';
import { onLine } from '#shared/text/reader.ts';

/** The sentence of a failure, with one for every field that is wrong. */
export function failureText(failure: Failure, ledgerName: unknown): string {
  const lines = Object.entries(failure.fields ?? {}).map(([at, problem]) => {
    const name = at.split('.')[0] ?? '';
    const ledger =
      ledgers.find((one) => one.name === ledgerName) ??
      ledgers.find((one) => name in one.fields || name in one.children);
    return ledger
      ? problemTextAt(ledger, at, problem, onLine)
      : problemText(problem, at, (field) => field, onLine);
  });
  return [errorText(failure, onLine), ...lines].join('\n');
}
