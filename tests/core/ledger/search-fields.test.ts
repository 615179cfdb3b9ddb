// Search over every field that a description calls searchable, in every register: found by first, middle and last one,
// two and four characters of what stands there, with the field named beside the hit.
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Hit } from '#shared/api/types.ts';
import { foldForSearch } from '#shared/domain/search-text.ts';
import type { FieldSpec, FieldSpecs } from '#shared/kinds/kind.ts';
import { ledgers } from '#shared/ledgers/all.ts';
import type { LedgerSpec } from '#shared/ledgers/describe.ts';
import { conditionsOf, recordMaker } from '#tests/fixtures/any-record.ts';
import { makeCreditCode, makeIdentityNumber } from '#tests/fixtures/identity-number.ts';
import { aProgram, type Program } from '#tests/fixtures/program.ts';

type Searched = { ledger: LedgerSpec; child: string | null; field: string; spec: FieldSpec };

function searchedIn(ledger: LedgerSpec): Searched[] {
  const of = (fields: FieldSpecs, child: string | null) =>
    Object.entries(fields)
      .filter(([, spec]) => spec.search)
      .map(([field, spec]) => ({ ledger, child, field, spec }));
  return [
    ...of(ledger.fields, null),
    ...Object.entries(ledger.children).flatMap(([name, { fields }]) => of(fields, name)),
  ];
}

const every = ledgers.flatMap(searchedIn);
const typed = every.filter(({ spec }) => spec.kind !== 'code' && !spec.system);

let program: Program;
beforeAll(async () => {
  program = await aProgram();
});
afterAll(() => program.close());

/** Characters that no sentence of the program has, so that a hit is the record's own. */
const rare = Array.from('鸒鹮鼐鼒鼗齉龢龤鬯鬻鬮魃魆鮨鯥鱻鵷鶼鸑麤麧黕黼黻鼩齁齆龠䶮㐂㑇㒖');
const words = (least: number) =>
  fc.array(fc.constantFrom(...rare), { minLength: least, maxLength: 12 }).map((list) => list.join(''));

function valueFor(spec: FieldSpec): fc.Arbitrary<string> {
  const number = fc.integer({ min: 0, max: 999 });
  if (spec.kind === 'identity')
    return number.map((n) => makeIdentityNumber(`19${50 + (n % 50)}-0${1 + (n % 9)}-1${n % 10}`, n));
  if (spec.kind === 'credit') return number.map((n) => makeCreditCode(n + 1));
  if (spec.kind === 'phone') return number.map((n) => `164${String(10_000_000 + n * 7919).slice(-8)}`);
  return words(4).map((text) => text.slice(0, spec.max ?? 12));
}

let recordOf: Awaited<ReturnType<typeof recordMaker>>['recordOf'];
beforeAll(async () => {
  ({ recordOf } = await recordMaker(program));
});

/** The least that a record of the register is saved with, so that the field applies. */
function recordWith({ ledger, child, field, spec }: Searched, value: string): Record<string, unknown> {
  const given = value === '' ? {} : { [field]: value, ...conditionsOf(spec) };
  return recordOf(ledger, child === null ? { own: given } : { rows: { [child]: [given] } });
}

/** First, middle and last so many characters. */
function partsOf(text: string, size: number): string[] {
  const signs = Array.from(foldForSearch(text));
  if (signs.length < size) return [];
  const middle = Math.floor((signs.length - size) / 2);
  return [0, middle, signs.length - size].map((from) => signs.slice(from, from + size).join(''));
}

async function hitFor(text: string, id: string): Promise<Hit | undefined> {
  const { hits, total, capped } = await program.call('search.find', { text, limit: 200 });
  expect(capped).toBe(false);
  expect(hits).toHaveLength(Math.min(200, total));
  return hits.find((hit) => hit.id === id);
}

describe('every searchable field of every register', () => {
  test('there are such fields in each register', () => {
    expect(ledgers.filter((ledger) => searchedIn(ledger).length === 0)).toEqual([]);
    expect(typed.length).toBeGreaterThan(30);
  });

  test.each(typed.map((one) => [`${one.ledger.name}.${one.child ?? ''}.${one.field}`, one] as const))(
    '%s',
    async (_name, one) => {
      await fc.assert(
        fc.asyncProperty(valueFor(one.spec), async (value) => {
          const { id } = await program.call('ledger.save', {
            ledger: one.ledger.name,
            record: recordWith(one, value),
          });
          for (const size of [1, 2, 4]) {
            for (const part of partsOf(value, size)) {
              const hit = await hitFor(part, id);
              // One digit stands in most numbers: only that the newest of many are given can hide the record.
              expect(hit, part).toMatchObject({ id, ledger: one.ledger.name });
              if (size === 4) expect(hit?.matched).toContain(part.toUpperCase());
            }
          }
          const whole = await hitFor(value, id);
          expect(whole?.matched).toContain(one.spec.label);
        }),
        { numRuns: 2 },
      );
    },
  );

  test('codes by their words, the number that the program gives', async () => {
    const { id, record } = await program.call('ledger.save', {
      ledger: 'mediation',
      record: recordWith(every[0] as Searched, ''),
    });
    const number = String(record.caseNo);
    for (const size of [2, 4])
      for (const part of partsOf(number.replace(/[（）]/g, ''), size)) {
        expect(await hitFor(part, id), part).toBeDefined();
      }
  });
});

const surnames: [name: string, initials: string, pinyin: string, wrong: string][] = [
  ['单雄信', 'sxx', 'shanxiong', 'dxx'],
  ['仇英', 'qy', 'qiuying', 'cy'],
  ['解缙', 'xj', 'xiejin', 'jj'],
  ['曾巩', 'zg', 'zenggong', 'cg'],
  ['查继佐', 'zjz', 'zhaji', 'cjz'],
  ['区大相', 'odx', 'ouda', 'qdx'],
  ['盖叫天', 'gjt', 'gejiao', 'gaijiao'],
  ['尉迟敬', 'ycj', 'yuchi', 'wcj'],
  ['任伯年', 'rbn', 'renbo', 'nbn'],
  ['华佗', 'ht', 'huatuo', 'yt'],
  ['长孙无忌', 'zswj', 'zhangsun', 'cswj'],
  ['万俟咏', 'mqy', 'moqi', 'wsy'],
];

test.each(surnames)('%s is read %s and %s', async (name, initials, pinyin, wrong) => {
  const { id } = await program.call('ledger.save', {
    ledger: 'mediator',
    record: { name, appointedOn: '2024-01-08' },
  });
  for (const word of [initials, pinyin, initials.slice(0, 1)]) {
    const hit = await hitFor(word, id);
    expect(hit?.matched, word).toBe(`姓名：${name}`);
  }
  expect(await hitFor(wrong, id)).toBeUndefined();
});

test('of several names the one that was meant is shown, and of several words the field of each', async () => {
  const { id } = await program.call('ledger.save', {
    ledger: 'mediation',
    record: {
      acceptedOn: '2025-01-06',
      kind: '02',
      summary: '院墙渗水',
      parties: [
        { side: 'applicant', type: 'natural', name: '查克明' },
        { side: 'respondent', type: 'natural', name: '曹凯' },
      ],
    },
  });
  expect((await hitFor('ck', id))?.matched).toBe('姓名（名称）：曹凯');
  expect((await hitFor('曹凯 渗水', id))?.matched).toBe('姓名（名称）：曹凯；纠纷简介：院墙渗水');
});
