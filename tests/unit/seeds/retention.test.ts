import { expect, test } from 'vitest';
import { seedKinds } from '#core/retention/kinds.ts';
import codes from '#seeds/codes/retention.json' with { type: 'json' };
import logs from '#seeds/retention/logs.json' with { type: 'json' };
import { type FileKind, fileKindSchema, logRulesSchema } from '#shared/domain/retention.ts';
import { ledgers } from '#shared/ledgers/all.ts';

const kinds = seedKinds();

test('codes are given once and begin with their register', () => {
  const all = kinds.map(({ code }) => code);
  expect(new Set(all).size).toBe(all.length);
  for (const { code, ledger } of kinds) expect(code.split('.')[0]).toBe(ledger);
});

test.each(kinds.map((kind) => [kind.code, kind] as const))(
  '%s names only what its register has',
  (_code, kind) => {
    const ledger = ledgers.find(({ name }) => name === kind.ledger);
    if (!ledger) throw new Error(`no register ${kind.ledger}`);
    for (const state of kind.states) expect(ledger.workflow.states).toHaveProperty(state);
    expect(ledger.fields[kind.from]?.kind).toBe('day');
    const named = [...kind.when.map(({ field }) => field), ...(kind.mark ? [kind.mark] : [])];
    expect(named.filter((field) => !Object.hasOwn(ledger.fields, field))).toEqual([]);
  },
);

/** Two conditions on one field that no record fulfils together. */
const excludes = (one: FileKind['when'][number], other: FileKind['when'][number]): boolean => {
  if (one.field !== other.field) return false;
  if ('in' in one && 'in' in other) return !one.in.some((value) => other.in.includes(value));
  if ('in' in one) return 'filled' in other && !other.filled;
  return 'in' in other ? !one.filled : one.filled !== other.filled;
};

test('no record is a file of two kinds', () => {
  for (const one of kinds)
    for (const other of kinds.filter(({ code, ledger }) => code > one.code && ledger === one.ledger)) {
      const together = one.states.some((state) => other.states.includes(state));
      const apart = one.when.some((left) => other.when.some((right) => excludes(left, right)));
      expect(together && !apart, `${one.code} ${other.code}`).toBe(false);
    }
});

test('every archived case is a file of some kind, whatever its cover says', () => {
  const archived = kinds.filter(
    ({ ledger, states }) => ledger === 'mediation' && states.includes('archived'),
  );
  const isOf = ({ when }: FileKind, record: Record<string, string>) =>
    when.every((one) =>
      'in' in one
        ? one.in.includes(record[one.field] ?? '')
        : one.filled === ((record[one.field] ?? '') !== ''),
    );
  for (const retention of ['', ...codes.items.map(({ code }) => code)])
    for (const majorReason of ['', 'some'])
      expect(archived.filter((kind) => isOf(kind, { retention, majorReason }))).toHaveLength(1);
});

test('a kind without a source, or with a period of no years, is refused', () => {
  const [kind] = kinds;
  expect(fileKindSchema.safeParse({ ...kind, source: '' }).success).toBe(false);
  expect(fileKindSchema.safeParse({ ...kind, period: 0 }).success).toBe(false);
  expect(fileKindSchema.safeParse({ ...kind, more: 1 }).success).toBe(false);
});

test('the log is kept six months at least, what was given away three years', () => {
  const { rules } = logRulesSchema.parse(logs);
  expect(rules.slice(0, 3).map(({ months }) => months)).toEqual([6, 36, 36]);
});
