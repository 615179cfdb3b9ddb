// What is not told of small numbers, and that it cannot be worked out from what is.
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { type SmallCells, untoldCells } from '#shared/domain/small-cells.ts';

const parts = ['a', 'b', 'c', 'd'];
const rule: SmallCells = {
  ...{ version: 1, sections: ['表'], units: ['人'], most: 2, sign: '*' },
  ...{ groups: [{ total: 't', parts }], flows: [] },
  ...{ rests: [{ total: 't', part: 'local' }], twins: [['d', 'granted']], never: ['since'] },
};
const madeOf = new Map([
  ['sum', ['t']],
  ['ever', ['a']],
]);
const cellsOf = (values: Record<string, number | null>) =>
  Object.entries(values).map(([code, value]) => ({ code, value, section: '表', unit: '人' }));
const untold = (values: Record<string, number | null>) =>
  [...untoldCells({ ...rule, never: [] }, cellsOf(values), { madeOf })].sort();

test.each<[string, Record<string, number | null>, string[]]>([
  ['nothing small, nothing hidden', { t: 30, a: 10, b: 9, c: 11, d: 0 }, []],
  ['zero is told', { t: 10, a: 10, b: 0, c: 0, d: 0 }, []],
  ['one alone takes the smallest other with it', { t: 30, a: 2, b: 20, c: 8, d: 0 }, ['a', 'c', 'ever']],
  ['a small total goes with all its parts', { t: 2, a: 2, b: 0 }, ['a', 'b', 'ever', 'sum', 't']],
  ['where all may be small together, all go', { t: 5, a: 1, b: 4, c: 0 }, ['a', 'b', 'c', 'ever']],
  ['of equal covers all go', { t: 30, a: 2, b: 20, c: 4, d: 4 }, ['a', 'c', 'd', 'ever', 'granted']],
  ['two of 1 and 2 keep each other open', { t: 30, a: 1, b: 2, c: 27, d: 0 }, ['a', 'b', 'ever']],
  [
    'two of 1 would be told by their sum',
    { t: 30, a: 1, b: 1, c: 20, d: 8 },
    ['a', 'b', 'd', 'ever', 'granted'],
  ],
  ['two of 2 too', { t: 30, a: 2, b: 2, c: 20, d: 6 }, ['a', 'b', 'd', 'ever', 'granted']],
  ['a total is no cover: it stands in a report', { t: 5, b: 1 }, ['b']],
  [
    'a twin goes with the other, and takes a cover',
    { t: 30, a: 9, b: 11, d: 10, granted: 2 },
    ['a', 'd', 'ever', 'granted'],
  ],
  ['a part that leaves a small rest', { t: 30, a: 10, b: 9, c: 11, local: 28 }, ['local']],
  ['a part that leaves none', { t: 30, a: 10, b: 9, c: 11, local: 30 }, []],
  ['a total alone is no secret of its parts', { t: 2, a: null, b: null }, ['sum', 't']],
])('%s', (_, values, expected) => {
  const asked = { sum: 100, ever: 50, ...values };
  expect(untold(asked)).toEqual(expected);
});

const flows = { stock: 's', parts: ['in', 'out', 'gone', 'begun'], covers: ['in', 'out'] };
const ofFlows = { ...rule, groups: [], flows: [flows], never: [] };

test.each<[string, Record<string, number>, number, string[]]>([
  ['nothing small', { s: 40, in: 3, out: 4, gone: 0, begun: 9 }, 32, []],
  ['one of them', { s: 40, in: 3, out: 4, gone: 1, begun: 9 }, 33, ['gone', 'in', 'out']],
  ['a cover itself', { s: 40, in: 1, out: 9, gone: 0, begun: 9 }, 39, ['in', 'out']],
  ['the stock', { s: 2, in: 3, out: 4, gone: 0, begun: 3 }, 0, ['in', 'out', 's']],
  ['the stock of the year before', { s: 9, in: 7, out: 4, gone: 0, begun: 4 }, 2, ['in', 'out']],
])('what lies between two stocks is covered by who moves: %s', (_, values, before, expected) => {
  const untold = untoldCells(ofFlows, cellsOf(values), { before: new Map([['s', before]]) });
  expect([...untold].sort()).toEqual(expected);
});

test('what a document tells is weighed like the figure it is made of, and is no cover', () => {
  const toldBy = new Map([['report', ['b']]]);
  const told = (values: Record<string, number>) =>
    [...untoldCells({ ...rule, never: [] }, cellsOf(values), { toldBy })].sort();
  // b would be the smallest
  expect(told({ t: 30, a: 2, b: 3, c: 25, d: 0, report: 3 })).toEqual(['a', 'c']);
  expect(told({ t: 30, a: 9, b: 2, c: 19, d: 0, report: 2 })).toEqual(['a', 'b', 'report']);
  const elsewhere = [{ code: 'report', value: 1, section: '别的', unit: '人' }];
  expect([...untoldCells({ ...rule, never: [] }, elsewhere, { toldBy })]).toEqual(['report']);
});

test('other units and sections are told', () => {
  const cells = [
    { code: 'a', value: 1, section: '表', unit: '次' },
    { code: 'b', value: 1, section: '别的', unit: '人' },
  ];
  expect([...untoldCells(rule, cells, { madeOf })]).toEqual(['since']);
});

test('a reader who knows the rule cannot tell a small number from the rest', () => {
  // Every other table that is printed the same is another thing that may be so
  const value = fc.oneof(fc.integer({ min: 0, max: 3 }), fc.integer({ min: 0, max: 7 }));
  fc.assert(
    fc.property(value, value, value, (a, b, c) => {
      const table = { t: a + b + c, a, b, c };
      const hidden = untold(table);
      const isSame = (other: Record<string, number>) =>
        Object.entries(table).every(([code, one]) => hidden.includes(code) || other[code] === one);
      const open = new Map<string, Set<number>>();
      for (let x = 0; x <= 12; x += 1)
        for (let y = 0; y <= 12; y += 1)
          for (let z = 0; z <= 12; z += 1) {
            const other = { t: x + y + z, a: x, b: y, c: z };
            if (!isSame(other)) continue;
            for (const [code, one] of Object.entries(other))
              open.set(code, (open.get(code) ?? new Set()).add(one));
          }
      for (const [code, one] of Object.entries(table))
        if (one >= 1 && one <= 2) {
          expect(hidden, JSON.stringify(table)).toContain(code);
          expect(open.get(code)?.size, `${code} ${JSON.stringify(table)}`).toBeGreaterThan(1);
        }
    }),
    { numRuns: 300 },
  );
});
