// No small number can be worked out of what leaves the county: the tables of three years and the annual reports beside
// them. For each one a second history is looked for that prints the same and has another number in its place; whoever
// reads only what is printed, and even knows the rule, cannot tell the two apart.
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { figuresOutside, smallCellsRule } from '#core/statistics/outside.ts';

const stock = 'correctionStock.inRegister';
const codesOf = (total: string) =>
  smallCellsRule()
    .groups.filter((group) => group.total === total)
    .map(({ parts }) => parts);
const [categories = [], sexes = [], crimes = []] = codesOf(stock);
const [releases = []] = codesOf('correctionStock.released');
const [terminations = []] = codesOf('correctionStock.terminated');
const comings = ['correctionStock.received', 'correctionStock.movedIn'];
const movedOut = 'correctionStock.movedOut';
const years = [0, 1, 2] as const;

/** What happened, by year and code: only what nothing else follows from. */
type History = ReadonlyMap<string, number>;
const at = (year: number, code: string) => `${year} ${code}`;
const sumOf = (history: History, year: number, codes: readonly string[]) =>
  codes.reduce((sum, code) => sum + (history.get(at(year, code)) ?? 0), 0);

/** Every figure of a year that follows, those of the annual report among them. */
function figuresIn(history: History, year: number): Map<string, number> {
  const of = (codes: readonly string[]) => sumOf(history, year, codes);
  const released = of(releases);
  const terminated = of(terminations);
  const here = of(categories);
  const base = [...categories, ...sexes, ...crimes, ...releases, ...terminations, ...comings, movedOut];
  return new Map<string, number>([
    ...base.map((code) => [code, of([code])] as const),
    [stock, here],
    ['correctionStock.released', released],
    ['correctionStock.terminated', terminated],
    ['correctionMeasure.revokeProbationGranted', of(['correctionEnd.probationRevoked'])],
    ['correctionMeasure.revokeParoleGranted', of(['correctionEnd.paroleRevoked'])],
    ['correctionMeasure.imprisonGranted', of(['correctionEnd.imprisoned'])],
    ['correctionReoffending.yearEndAndReleased', here + released],
    ['correctionReoffending.everInYear', here + released + terminated + of([movedOut])],
    ['correction.received', of(['correctionStock.received'])],
    ['correction.released', released],
  ]);
}

const sectionOf = (code: string) => (code.startsWith('correction.') ? '一(六)' : '社区矫正报表');
const asFigures = (values: ReadonlyMap<string, number>) =>
  [...values].map(([code, value]) => ({
    ...{ code, value, unit: '人', section: sectionOf(code), bases: null, manual: null, printed: `${value}` },
  })) as never;

/** What is printed of a year, by code. */
function printedIn(history: History, year: number): Map<string, string> {
  const before = year === 0 ? [] : asFigures(figuresIn(history, year - 1));
  const outside = figuresOutside(asFigures(figuresIn(history, year)), before);
  return new Map(outside.map(({ code, printed }) => [code, printed ?? '']));
}

/** Whether people add up: in register = sum over sex and over crimes, and a stock is the one before it with who came and went. */
function isPossible(history: History): boolean {
  if ([...history.values()].some((value) => value < 0)) return false;
  return years.every((year) => {
    const here = sumOf(history, year, categories);
    if (here !== sumOf(history, year, sexes) || here !== sumOf(history, year, crimes)) return false;
    if (year === 0) return true;
    const came = sumOf(history, year, comings);
    const went = sumOf(history, year, [...releases, ...terminations, movedOut]);
    return here === sumOf(history, year - 1, categories) + came - went;
  });
}

const flows = [...comings, movedOut, ...releases, ...terminations];
const signOf = (code: string) => (comings.includes(code) ? 1 : -1);
type Step = readonly (readonly [string, number])[];

/** The least changes that keep people adding up: one more here, one less there; and one more at the end of a year. */
function stepsOf(): Step[] {
  const steps: Step[] = [];
  for (const year of years) {
    for (const group of [categories, sexes, crimes])
      for (const one of group)
        for (const other of group)
          if (one !== other)
            steps.push([
              [at(year, one), 1],
              [at(year, other), -1],
            ]);
    for (const one of flows)
      for (const other of flows)
        if (one !== other)
          for (const more of [1, -1])
            steps.push([
              [at(year, one), more],
              [at(year, other), -more * signOf(one) * signOf(other)],
            ]);
  }
  const moves: readonly (string | null)[] = ['correctionStock.movedIn', movedOut];
  for (const year of years)
    for (const more of [1, -1])
      for (const category of categories)
        for (const [sex, crime] of sexes.flatMap((one) => crimes.map((other) => [one, other] as const)))
          for (const now of year === 0 ? [null] : moves)
            for (const next of year === 2 ? [null] : moves)
              steps.push([
                [at(year, category), more],
                [at(year, sex), more],
                [at(year, crime), more],
                ...(now === null ? [] : [[at(year, now), more * signOf(now)] as const]),
                ...(next === null ? [] : [[at(year + 1, next), -more * signOf(next)] as const]),
              ]);
  return steps;
}
const steps = stepsOf();

const taken = (history: History, step: Step): History => {
  const changed = new Map(history);
  for (const [key, more] of step) changed.set(key, (changed.get(key) ?? 0) + more);
  return changed;
};

/** Two numbers the other way round. */
const exchanged = (history: History, one: string, other: string): History =>
  new Map([...history, [one, history.get(other) ?? 0], [other, history.get(one) ?? 0]]);

const valuesOf = (history: History) =>
  new Map(
    years.flatMap((year) => [...figuresIn(history, year)].map(([code, value]) => [at(year, code), value])),
  );

/** Small numbers that are printed, or that no other history explains. */
function derived(history: History, print: typeof printedIn = printedIn): string[] {
  const shown = years.map((year) => print(history, year));
  const isOpen = (key: string) => shown[Number(key[0])]?.get(key.slice(2)) === '*';
  const own = valuesOf(history);
  const secrets = [...own].filter(([, value]) => value >= 1 && value <= 2).map(([key]) => key);
  const missing = new Set(secrets.filter(isOpen));
  const look = (other: History) => {
    const values = valuesOf(other);
    if (![...missing].some((key) => values.get(key) !== own.get(key)) || !isPossible(other)) return;
    // Told numbers first: they cost less than the rule
    if ([...own].some(([key, value]) => values.get(key) !== value && !isOpen(key))) return;
    const isSame = years.every((year) => {
      const printed = print(other, year);
      return [...(shown[year] ?? [])].every(([code, text]) => printed.get(code) === text);
    });
    if (isSame) for (const key of [...missing]) if (values.get(key) !== own.get(key)) missing.delete(key);
  };
  // What is printed is as it is, so only what is not can be otherwise
  const open = steps.filter((step) => step.every(([key]) => isOpen(key)));
  for (const step of open) if (missing.size > 0) look(taken(history, step));
  for (const year of years)
    for (const group of [categories, sexes, crimes, releases, terminations])
      for (const one of group)
        for (const other of group)
          if (missing.size > 0) look(exchanged(history, at(year, one), at(year, other)));
  return [...secrets.filter((key) => !isOpen(key)).map((key) => `${key} is printed`), ...missing];
}

const few = fc.oneof(
  { weight: 4, arbitrary: fc.integer({ min: 0, max: 3 }) },
  { weight: 2, arbitrary: fc.integer({ min: 0, max: 12 }) },
);
const shares = (count: number) =>
  fc.array(fc.integer({ min: 0, max: 4 }), { minLength: count, maxLength: count });

/** Lays out `total` by weights; what is over goes to the second: most are of one kind. */
function layOut(total: number, weights: readonly number[]): number[] {
  const all = weights.reduce((sum, one) => sum + one, 0);
  const parts = weights.map((weight) => (all === 0 ? 0 : Math.floor((total * weight) / (all * 2))));
  const rest = total - parts.reduce((sum, one) => sum + one, 0);
  return parts.map((part, index) => (index === 1 ? part + rest : part));
}

const histories = fc
  .record({
    began: fc.oneof(fc.integer({ min: 0, max: 6 }), fc.integer({ min: 0, max: 40 })),
    years: fc.tuple(
      ...years.map(() =>
        fc.record({
          flows: fc.array(few, { minLength: flows.length, maxLength: flows.length }),
          isQuiet: fc.array(fc.boolean(), { minLength: flows.length, maxLength: flows.length }),
          categories: shares(categories.length),
          sexes: shares(sexes.length),
          crimes: shares(crimes.length),
        }),
      ),
    ),
  })
  .map(({ began, years: each }) => {
    const history = new Map<string, number>();
    let here = began;
    each.forEach((one, year) => {
      flows.forEach((code, index) => {
        const wanted = one.isQuiet[index] ? 0 : (one.flows[index] ?? 0);
        // Nobody goes who is not there
        const value = signOf(code) === 1 || year === 0 ? wanted : Math.min(wanted, here);
        if (year > 0) here += signOf(code) * value;
        history.set(at(year, code), value);
      });
      const spread = (codes: readonly string[], weights: readonly number[]) => {
        for (const [index, n] of layOut(here, weights).entries())
          history.set(at(year, codes[index] ?? ''), n);
      };
      spread(categories, one.categories);
      spread(sexes, one.sexes);
      spread(crimes, one.crimes);
    });
    return history;
  });

const toldIn = (history: History) =>
  JSON.stringify(Object.fromEntries([...history].filter(([, one]) => one > 0)));

test('no small number can be worked out of the tables of three years and the reports beside them', () => {
  fc.assert(
    fc.property(histories, (history) => {
      expect(isPossible(history)).toBe(true);
      expect(derived(history), toldIn(history)).toEqual([]);
    }),
    { numRuns: 40 },
  );
});

test('what is worked out is found where nothing covers it', () => {
  // Only the small ones themselves are left out
  const bare: typeof printedIn = (history, year) =>
    new Map([...figuresIn(history, year)].map(([code, n]) => [code, n >= 1 && n <= 2 ? '*' : `${n}`]));
  const found = fc
    .sample(histories, { numRuns: 20, seed: 1 })
    .map((history) => derived(history, bare).length);
  expect(Math.max(...found)).toBeGreaterThan(0);
});
