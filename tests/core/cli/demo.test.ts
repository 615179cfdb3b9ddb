import path from 'node:path';
import { describe, expect, test } from 'vitest';
import { demoFigures, demoPlan, demoRecords } from '#core/demo/generate.ts';
import { readCodeLists } from '#core/settings/code-lists.ts';
import { createDivisions } from '#core/settings/divisions.ts';
import { annualCatalogue } from '#core/statistics/catalogue.ts';
import { hasCodeOn } from '#shared/domain/code-list.ts';
import { readCreditCode } from '#shared/domain/credit-code.ts';
import { asDay, weekdayOf } from '#shared/domain/day.ts';
import { parsePrinted } from '#shared/domain/figures.ts';
import { readIdentityNumber } from '#shared/domain/identity-number.ts';
import { readPhone } from '#shared/domain/phone.ts';
import { ledgers } from '#shared/ledgers/all.ts';
import { checkRecord } from '#shared/ledgers/check.ts';
import { aCommandLine } from './command-line.ts';

const seeds = path.resolve('seeds');
const divisions = createDivisions(seeds);
const lists = new Map(readCodeLists(seeds).map((list) => [list.list, list]));
const today = asDay('2025-06-30');

describe.each(['station', 'county'] as const)('a demo of a %s', (level) => {
  const plan = demoPlan({ level, cases: 1500, seed: 7 }, divisions);
  const records = [...demoRecords(plan)];
  const of = (ledger: string) => records.filter((one) => one.ledger === ledger).map(({ record }) => record);

  test('is the same for the same seed and another for another', () => {
    expect([...demoRecords(demoPlan({ level, cases: 1500, seed: 7 }, divisions))]).toEqual(records);
    const others = new Set(
      [...demoRecords(demoPlan({ level, cases: 1500, seed: 8 }, divisions))].map(({ id }) => id),
    );
    expect(records.some(({ id }) => others.has(id))).toBe(false);
  });

  test('ids are UUIDv7, each once, cases in the order of their days', () => {
    expect(new Set(records.map(({ id }) => id)).size).toBe(records.length);
    for (const { id } of records)
      expect(id).toMatch(/^[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/);
    for (const { id, record } of records.filter(({ ledger }) => ledger === 'mediation')) {
      const at = Number.parseInt(id.replaceAll('-', '').slice(0, 12), 16);
      expect(new Date(at + 8 * 3_600_000).toISOString().slice(0, 10)).toBe(record.acceptedOn);
    }
  });

  test('every record passes its description without a warning, and refers only to those before it', () => {
    const seen = new Set<string>();
    for (const { ledger, id, record } of records) {
      const spec = ledgers.find(({ name }) => name === ledger);
      if (!spec) throw new Error(`no ledger ${ledger}`);
      const { problems, warnings } = checkRecord(spec, record, {
        today,
        hasCode: (list, code) => hasCodeOn(lists.get(list) ?? fail(list), code, today),
        hasRecord: (name, other) => seen.has(`${name} ${other}`),
      });
      expect({ problems, warnings }).toEqual({ problems: {}, warnings: {} });
      seen.add(`${ledger} ${id}`);
    }
  });

  test('a case says that it came in as its source has it', () => {
    const told = new Map<unknown, string[]>();
    for (const { source, summary } of of('mediation'))
      told.set(source, [...(told.get(source) ?? []), String(summary)]);
    for (const [source, summaries] of told) {
      const isReferred = /Referral$/.test(String(source));
      const isSaid = (summary: string) => summary.includes('移送调解');
      expect(summaries.filter(isSaid).length, String(source)).toBe(isReferred ? summaries.length : 0);
      const asked = summaries.filter((summary) => /请求调解|申请调解/.test(summary)).length;
      expect(asked, String(source)).toBe(source === 'application' ? summaries.length : 0);
    }
    expect(told.size).toBeGreaterThan(3);
  });

  test('nobody in it can exist', () => {
    const people = [
      ...of('mediator'),
      ...of('mediation').flatMap(({ parties }) => parties as Record<string, string>[]),
    ];
    for (const { idNumber, creditCode, phone } of people as Record<string, string>[]) {
      if (idNumber)
        expect(readIdentityNumber(idNumber, { today })).toMatchObject({
          ok: true,
          identity: { area: '999999' },
        });
      if (creditCode)
        expect([readCreditCode(creditCode).ok, creditCode.slice(2, 8)]).toEqual([true, '999999']);
      if (phone) expect([readPhone(phone)?.kind, phone.slice(0, 4)]).toEqual(['mobile', '1640']);
    }
  });

  test('it looks like an office: 97 of 100 agreed, every kind of dispute and committee, summaries of real length', () => {
    const cases = of('mediation');
    const agreed = cases.filter(({ outcome }) => outcome === 'agreed').length / cases.length;
    expect(agreed).toBeGreaterThan(0.94);
    expect(agreed).toBeLessThan(0.99);
    expect(new Set(cases.map(({ kind }) => kind)).size).toBeGreaterThanOrEqual(15);
    const kinds = new Set(of('committee').map(({ kind }) => kind));
    expect([...kinds]).toEqual(
      expect.arrayContaining([
        'township',
        'village',
        'enterprise',
        'industry',
        'socialOrganisation',
        'studio',
      ]),
    );
    const lengths = cases.map(({ summary }) => String(summary).length);
    expect(lengths.reduce((sum, length) => sum + length, 0) / lengths.length).toBeGreaterThan(100);
    expect(cases.every(({ summary }) => !/[{}]/.test(String(summary)))).toBe(true);
    expect(new Set(cases.map(({ acceptedOn }) => String(acceptedOn).slice(0, 4)))).toEqual(
      new Set(['2021', '2022', '2023']),
    );
    const weekend = cases.filter(({ acceptedOn }) => weekdayOf(asDay(String(acceptedOn))) >= 6).length;
    expect(weekend / cases.length).toBeLessThan(0.2);
    expect(cases.some(({ parties }) => /[\u{20000}-\u{2ffff}]/u.test(JSON.stringify(parties)))).toBe(true);
  });
});

test('a station is one of the townships of 620921, by the seed', () => {
  const codes = Array.from({ length: 30 }, (_, seed) => demoPlan({ seed }, divisions).code);
  expect(new Set(codes).size).toBeGreaterThan(4);
  for (const code of codes) expect(divisions.find(code)).toMatchObject({ level: 'township' });
});

test('hand-entered figures for every indicator that no ledger holds, readable in its own unit', () => {
  const figures = new Map(
    demoFigures(demoPlan({ seed: 3 }, divisions)).map((figure) => [figure.code, figure]),
  );
  const manual = annualCatalogue().indicators.filter(({ source }) => source.kind === 'manual');
  expect([...figures.keys()]).toEqual(manual.map(({ code }) => code));
  for (const { code, unit } of manual) {
    const figure = figures.get(code);
    expect(parsePrinted(figure?.printed ?? '', unit)).toMatchObject({
      ok: true,
      value: figure?.value,
      qualifier: figure?.qualifier,
    });
    expect(figure?.year).toBe(2023);
    if (unit === '%') expect(figure?.value).toBeLessThanOrEqual(100);
  }
});

test('nothing is accepted after today, and levels that have no cases are refused', () => {
  const plan = demoPlan({ cases: 50, years: { from: 2024, to: 2026 } }, divisions, today);
  for (const { record } of demoRecords(plan)) {
    for (const day of [record.acceptedOn, record.concludedOn, record.followUpOn]) {
      if (day !== undefined) expect(String(day) <= today).toBe(true);
    }
  }
  for (const input of [
    { level: 'province' as const },
    { years: { from: 2023, to: 2021 } },
    { years: { from: 2026, to: 2026 } },
  ]) {
    expect(() => demoPlan(input, divisions, today)).toThrow('invalid-input');
  }
});

function fail(list: string): never {
  throw new Error(`no list ${list}`);
}

test('two ledgers of the same seed have the same content hash', async () => {
  const hashes = new Set<string>();
  for (let turn = 0; turn < 2; turn++) {
    const line = aCommandLine();
    await line.json('demo', '--cases', '40', '--seed', '3', '--level', 'county');
    hashes.add((await line.json('hash')).hash);
    line.remove();
  }
  expect(hashes.size).toBe(1);
});
