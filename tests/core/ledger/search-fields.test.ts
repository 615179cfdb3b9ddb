// Search over every field that a description calls searchable, in every register: found by first, middle and last one,
// two and four characters of what stands there, with the field named beside the hit.
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Hit } from '#shared/api/types.ts';
import { addDays, asDay } from '#shared/domain/day.ts';
import { foldForSearch } from '#shared/domain/search-text.ts';
import type { FieldSpec, FieldSpecs } from '#shared/kinds/kind.ts';
import { ledgers } from '#shared/ledgers/all.ts';
import type { LedgerSpec } from '#shared/ledgers/describe.ts';
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

let made = 0;
/** The least that a record of the register is saved with, so that the field applies. */
function recordWith({ ledger, child, field, spec }: Searched, value: string): Record<string, unknown> {
  const fill = (fields: FieldSpecs, given: Record<string, unknown>) => {
    const row: Record<string, unknown> = { ...given };
    for (const [name, one] of Object.entries(fields)) {
      if (row[name] !== undefined || !one.required || one.when) continue;
      const values: Partial<Record<string, unknown>> = {
        day: '2025-01-06',
        code: firstCode[one.codes ?? ''],
        money: 100,
        ref: somebody[one.ref ?? ''],
      };
      row[name] = values[one.kind] ?? '无';
    }
    return row;
  };
  const conditions = (one: FieldSpec): Record<string, unknown> =>
    one.when ? { [one.when.field]: one.when.in[0] } : {};
  const own: Record<string, unknown> =
    child === null && value !== '' ? { [field]: value, ...conditions(spec) } : {};
  if (own.outcome === 'agreed') Object.assign(own, { concludedOn: '2025-02-03', agreementForm: 'written' });
  if (own.aftermath)
    Object.assign(own, { outcome: 'agreed', concludedOn: '2025-02-03', agreementForm: 'written' });
  // Where records may not stand beside each other, each has a day of its own, or a name.
  for (const rule of ledger.rules) {
    const day = addDays(asDay('2000-01-01'), made++);
    if (rule.rule === 'apart') own[rule.from] = day;
    if (rule.rule === 'oneAtATime') for (const name of [rule.from, ...rule.to.slice(0, 1)]) own[name] = day;
    if (rule.rule === 'unique') own[rule.field] ??= `无${made}`;
  }
  const record = fill(ledger.fields, own);
  for (const [name, { fields, min }] of Object.entries(ledger.children)) {
    const given = name === child ? { [field]: value, ...conditions(spec) } : {};
    record[name] = Array.from({ length: Math.max(name === child ? 1 : 0, min) }, () => fill(fields, given));
  }
  return record;
}

const firstCode: Record<string, string> = {};
/** A record of each register that another one must point at. */
const somebody: Record<string, string> = {};
beforeAll(async () => {
  for (const list of await program.call('codes.lists', {}))
    firstCode[list.list] ??= list.items.find((item) => !item.heading)?.code ?? '';
  firstCode.partyType = 'natural';
  const pointedAt = new Set(
    ledgers.flatMap(({ fields }) =>
      Object.values(fields).flatMap(({ kind, ref, required }) =>
        kind === 'ref' && required && ref ? [ref] : [],
      ),
    ),
  );
  for (const one of every.filter(({ ledger }) => pointedAt.has(ledger.name)))
    somebody[one.ledger.name] ??= (
      await program.call('ledger.save', { ledger: one.ledger.name, record: recordWith(one, '') })
    ).id;
});

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
