import { readdirSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { describe, expect, test } from 'vitest';
import { codesIn } from '#core/ledgers/published.ts';
import { type CodeList, codeListSchema } from '#shared/domain/code-list.ts';
import {
  type CodeMapping,
  codeMappingSchema,
  combinations,
  gapsOf,
  mappedCode,
  mappingGapsSchema,
  workflowList,
} from '#shared/domain/code-mapping.ts';
import { ledgers } from '#shared/ledgers/all.ts';
import type { LedgerSpec } from '#shared/ledgers/describe.ts';

const seeds = resolve(import.meta.dirname, '../../../seeds');
const read = (folder: string): unknown[] =>
  readdirSync(join(seeds, folder))
    .filter((name) => name.endsWith('.json') && name !== 'gaps.json')
    .map((name) => JSON.parse(readFileSync(join(seeds, folder, name), 'utf8')) as unknown);
const lists: CodeList[] = read('codes').map((list) => codeListSchema.parse(list));
const mappings: CodeMapping[] = read('mappings').map((one) => codeMappingSchema.parse(one));

const named = (name: string): CodeMapping => {
  const mapping = mappings.find((one) => one.mapping === name);
  if (!mapping) throw new Error(`no mapping ${name}`);
  return mapping;
};
const labelOf = (name: string, content: Record<string, unknown>): string | null => {
  const mapped = mappedCode(named(name), content);
  return mapped.is === 'mapped' ? mapped.label : null;
};

const codesOf = (ledger: string) => codesIn(lists, ledgers.find(({ name }) => name === ledger) as LedgerSpec);

describe.each(mappings.map((mapping) => [mapping.mapping, mapping] as const))('%s', (_name, mapping) => {
  test('looks at fields of the ledger and at the list of each', () => {
    const ledger = ledgers.find(({ name }) => name === mapping.ledger);
    for (const [field, list] of Object.entries(mapping.from)) {
      if (list === workflowList) {
        expect(field).toBe('state');
        continue;
      }
      const spec = ledger?.fields[field];
      expect(list === null ? spec?.kind === 'flag' : spec?.codes === list, field).toBe(true);
    }
    const looked = mapping.rules.flatMap(({ when }) => Object.keys(when));
    expect(looked.filter((field) => !(field in mapping.from))).toEqual([]);
  });

  test('gives every combination one code of the published list, or says why none', () => {
    const codes = mapping.items.map(({ code }) => code);
    expect(new Set(codes).size).toBe(codes.length);
    const used = new Set<number>();
    const all = combinations(mapping.from, codesOf(mapping.ledger));
    expect(all.length).toBeGreaterThan(3);
    for (const content of all) {
      const mapped = mappedCode(mapping, content);
      if (mapped.is === 'silent') throw new Error(`nothing is said of ${JSON.stringify(content)}`);
      used.add(mapped.rule);
      if (mapped.is === 'mapped') expect(codes).toContain(mapped.code);
      else expect(mapped.why).toMatch(/\p{Script=Han}/u);
    }
    // A rule that no combination reaches says nothing.
    expect([...used].sort((left, right) => left - right)).toEqual(mapping.rules.map((_, index) => index));
  });

  test('knows no code that its lists do not have', () => {
    for (const { when } of mapping.rules) {
      for (const [field, values] of Object.entries(when)) {
        const alone = { [field]: mapping.from[field] ?? null };
        const known = combinations(alone, codesOf(mapping.ledger)).map((one) => one[field]);
        expect(known).toEqual(expect.arrayContaining(values));
      }
    }
  });
});

test('what each published list calls a case, written out by hand', () => {
  const done = { outcome: 'agreed', performance: 'performed' };
  const confirmed = { outcome: 'agreed', aftermath: 'confirmation', courtResult: 'confirmed' };
  const sued = { outcome: 'agreed', performance: 'notPerformed', aftermath: 'lawsuit' };
  const upheld = { ...sued, courtResult: 'upheld' };
  const changed = { ...sued, courtResult: 'changed' };
  const order = { outcome: 'agreed', performance: 'partial', aftermath: 'paymentOrder' };
  const rows = [done, confirmed, { ...done, ...confirmed }, sued, upheld, changed, order].map((content) =>
    ['performancePlatform', 'performanceStatistics', 'performanceStatisticsOlder'].map((name) =>
      labelOf(name, content),
    ),
  );
  expect(rows).toEqual([
    ['协议已履行', '协议已履行', '协议已履行'],
    ['申请司法确认', '司法确认', '司法确认'],
    ['协议已履行', '协议已履行', '协议已履行'],
    ['达成协议后反悔', '达成协议后起诉', '达成协议后起诉'],
    ['达成协议后反悔', '法院判决维持', '法院判决维持'],
    ['达成协议后反悔', '达成协议后起诉', '法院判决变更、撤销或确认无效'],
    ['其他', '其他', '申请支付令'],
  ]);
  expect(labelOf('performancePlatform', { outcome: 'failed', performance: 'performed' })).toBeNull();
  expect(labelOf('disputeKind2015', { kind: '10', isMigrantWorker: true })).toBe('拖欠农民工工资');
  expect(labelOf('disputeKind2015', { kind: '10', isMigrantWorker: false })).toBe('其他劳动争议');
  expect(labelOf('disputeKind2015', { kind: '17' })).toBe('电子商务');
  expect(labelOf('disputeKind2016', { kind: '11' })).toBe('其他');
  expect(labelOf('disputeKind2010', { kind: '01' })).toBe('婚姻家庭继承');
});

test('every list that a field of a register holds is mapped, or named as a gap with its reason; none is both', () => {
  const gaps = mappingGapsSchema.parse(JSON.parse(readFileSync(join(seeds, 'mappings/gaps.json'), 'utf8')));
  const named = gaps.groups.flatMap((group) => group.lists);
  const mapped = new Set(mappings.flatMap(({ from }) => Object.values(from)));
  expect(new Set(named).size).toBe(named.length);
  expect(named.filter((list) => mapped.has(list))).toEqual([]);
  expect(named.filter((list) => !lists.some((one) => one.list === list))).toEqual([]);
  const ours = [...new Set(lists.map(({ list }) => list))];
  expect(ours.filter((list) => !mapped.has(list) && !named.includes(list))).toEqual([]);
});

test('what the mappings leave open is what is known to be open', () => {
  const open = Object.fromEntries(
    mappings.map((mapping) => {
      const { ours, unreached, silent } = gapsOf(mapping, codesOf(mapping.ledger));
      const words = [...ours.map(({ field, code }) => `${field} ${code}`), ...unreached];
      return [mapping.mapping, [...words, ...silent.map((one) => JSON.stringify(one))]];
    }),
  );
  const ends = ['outcome failed', 'outcome withdrawn', 'outcome terminated', 'outcome transferred'];
  const referrals = ['court', 'procuratorate', 'police', 'petition', 'other'];
  expect(open).toEqual({
    agreementFormStatistics: ends,
    caseStatePlatform: ['state declined', 'state voided', '6', '8'],
    difficultyPlatform: [],
    difficultyThree: [],
    disputeKind2010: ['09', '10'],
    disputeKind2015: [],
    disputeKind2016: [],
    performancePlatform: ends,
    performanceStatistics: ends,
    performanceStatisticsOlder: ends,
    resultPlatform: ['outcome withdrawn', 'outcome terminated', 'outcome transferred'],
    sourceRegistration: referrals.map((from) => `source ${from}Referral`),
    sourceStatistics: ['3'],
  });
});

test('a code that came to a list later is found as a gap', () => {
  const kinds = named('disputeKind2016');
  const more = (list: string) => [...codesOf('mediation')(list), ...(list === 'disputeKind' ? ['18'] : [])];
  expect(gapsOf(kinds, more).silent).toEqual([{ kind: '18' }]);
  expect(mappedCode(kinds, { kind: '18' })).toEqual({ is: 'silent' });
});
