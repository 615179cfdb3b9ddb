import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Connection } from '#core/db/connection.ts';
import { sql } from '#core/db/sql.ts';
import { createRegistry } from '#core/ledgers/registry.ts';
import { annualCatalogue } from '#core/statistics/catalogue.ts';
import { behindQuery, compile, countAll } from '#core/statistics/counted.ts';
import { figuresOf, recordsBehind } from '#core/statistics/figures.ts';
import type { IndicatorDefinition, LedgerSource } from '#shared/domain/figures.ts';
import { ledgers } from '#shared/ledgers/all.ts';
import { scratchLedger } from './ledger-fixture.ts';

const registry = createRegistry(ledgers);
const scope = { year: 2023, unitCode: null };
const units = ['6209', '620921', '620921100', '620921101', '620922', '620922100'];
const unitId = (code: string) => `unit-${code}`;

function addUnits(db: Connection): void {
  for (const code of units) {
    const level = code.length === 4 ? 'city' : code.length === 6 ? 'county' : 'station';
    const parent = units.find(
      (one) => one.length < code.length && code.startsWith(one) && one.length >= code.length - 3,
    );
    db.run(sql`insert into unit (id, code, name, level, parent_code)
      values (${unitId(code)}, ${code}, ${code}, ${level}, ${parent ?? null})`);
  }
  db.run(sql`insert into setting (name, value) values ('unitId', ${unitId('6209')})`);
}

let made = 0;
type Row = {
  unit: string;
  on: string;
  state?: string;
  outcome?: string | null;
  fen?: number | null;
  registrar?: string | null;
};

function addCase(
  db: Connection,
  { unit, on, state = 'open', outcome = null, fen = null, registrar = null }: Row,
): string {
  made += 1;
  const id = `case-${made}`;
  db.run(sql`insert into mediation_case
      (id, unit_id, state, version, depth, title, updated_at, accepted_on, kind, summary, outcome, amount_fen, registrar)
    values (${id}, ${unitId(unit)}, ${state}, ${Buffer.alloc(32)}, 1, ${id}, '', ${on}, '01', '', ${outcome}, ${fen},
            ${registrar})`);
  return id;
}

const define = (source: Partial<LedgerSource>, unit = '件'): IndicatorDefinition => ({
  code: 'test.one',
  version: 1,
  name: 'one',
  unit,
  basis: 'flow',
  section: '一(一)',
  topic: '一是',
  suppliedBy: '司法局',
  definition: 'for a test',
  uncertain: null,
  inReport: false,
  source: {
    kind: 'ledger',
    ledger: 'mediation',
    date: 'acceptedOn',
    measure: { kind: 'count' },
    addsUp: true,
    ...source,
  },
});

function count(db: Connection, definition: IndicatorDefinition, unitCode: string | null = null) {
  const counted = compile(registry, definition, { ...scope, unitCode });
  if (!counted) throw new Error('not counted');
  const behind = db.all<{ id: string }>(behindQuery(counted, 1000, 0)).map(({ id }) => id);
  return { ...countAll(db, new Map([['test.one', counted]])).get('test.one'), behind };
}

describe('an indicator', () => {
  const scratch = scratchLedger();
  const { db } = scratch;
  const ids: Record<string, string> = {};
  beforeAll(() => {
    addUnits(db);
    ids.station = addCase(db, {
      unit: '620921100',
      on: '2023-01-01',
      outcome: 'agreed',
      fen: 12_345,
      registrar: '甲',
    });
    ids.county = addCase(db, { unit: '620921', on: '2023-12-31', fen: 5, registrar: '甲' });
    ids.other = addCase(db, { unit: '620922100', on: '2023-06-30', outcome: 'failed', registrar: '乙' });
    ids.voided = addCase(db, {
      unit: '620921',
      on: '2023-06-30',
      state: 'voided',
      outcome: 'agreed',
      fen: 100,
      registrar: '丙',
    });
    ids.before = addCase(db, { unit: '620921', on: '2022-12-31', outcome: 'agreed' });
    ids.after = addCase(db, { unit: '620921', on: '2024-01-01', outcome: 'agreed' });
  });
  afterAll(() => scratch.close());

  it('lists what it counts, oldest first, and never a voided record', () => {
    expect(count(db, define({}))).toEqual({
      value: 3,
      records: 3,
      behind: [ids.station, ids.other, ids.county],
    });
  });

  it('counts what one of the values fits, and leaves out what none may have', () => {
    expect(count(db, define({ where: { outcome: ['agreed', 'failed'] } })).behind).toEqual([
      ids.station,
      ids.other,
    ]);
    // A record without an outcome has not failed: it stays.
    expect(count(db, define({ except: { outcome: 'failed' } })).behind).toEqual([ids.station, ids.county]);
    expect(count(db, define({ except: { outcome: 'failed', registrar: '甲' } })).behind).toEqual([]);
  });

  it('adds up a field in its own unit; only records that have it stand behind', () => {
    const sum = { measure: { kind: 'sum', field: 'amountFen' } } as const;
    expect(count(db, define(sum, '元'))).toEqual({
      value: 123.5,
      records: 2,
      behind: [ids.station, ids.county],
    });
    expect(count(db, define(sum, '万元')).value).toBe(0.01);
    expect(count(db, define({ ...sum, where: { outcome: 'terminated' } }, '元')).value).toBe(0);
  });

  it('counts different values once', () => {
    const distinct = count(db, define({ measure: { kind: 'distinct', field: 'registrar' } }, '人'));
    expect(distinct).toMatchObject({ value: 2, records: 3 });
  });

  it('counts a unit with all units below it', () => {
    const behind = (unit: string) => count(db, define({}), unit).behind;
    expect(behind('6209')).toHaveLength(3);
    expect(behind('620921')).toEqual([ids.station, ids.county]);
    expect(behind('620921100')).toEqual([ids.station]);
    expect(behind('620921101')).toEqual([]);
    const cases = (unit: string) =>
      figuresOf(db, registry, { year: 2023, unit, codes: ['mediation.cases'] }).map(({ value }) => value);
    expect(cases('620922')).toEqual([1]);
  });

  it('of a field that the ledger does not have is refused with its place', () => {
    expect(() => count(db, define({ where: { noSuch: 'x' } }))).toThrow(
      expect.objectContaining({
        code: 'seed-invalid',
        params: { file: 'seeds/indicators', at: 'test.one mediation.noSuch' },
      }),
    );
  });

  it('gives its records in pages', () => {
    const [definition] = annualCatalogue().indicators.filter(({ code }) => code === 'mediation.cases');
    if (!definition) throw new Error('no definition');
    const page = (offset: number) =>
      recordsBehind(db, registry, definition, { year: 2023, offset, limit: 2 });
    expect(page(0)).toEqual({
      records: [
        { ledger: 'mediation', id: ids.station, title: ids.station },
        { ledger: 'mediation', id: ids.other, title: ids.other },
      ],
      total: 3,
      stripped: 0,
    });
    expect(page(2).records.map(({ id }) => id)).toEqual([ids.county]);
  });
});

describe('no ledger indicator reads a whole table', () => {
  const scratch = scratchLedger();
  const { db } = scratch;
  beforeAll(() => addUnits(db));
  afterAll(() => scratch.close());
  const counted = annualCatalogue().indicators.flatMap((definition) => {
    const isOfLedger = definition.source.kind === 'ledger';
    return isOfLedger ? [null, '620921'].map((unit) => ({ definition, unit })) : [];
  });
  const plan = (text: string, values: readonly unknown[]) =>
    db
      .all<{ detail: string }>({ text: `explain query plan ${text}`, values: values as never[] })
      .map(({ detail }) => detail);

  it.each(counted.map((one) => [`${one.definition.code} of ${one.unit ?? 'all'}`, one] as const))(
    '%s',
    (_name, { definition, unit }) => {
      const compiled = compile(registry, definition, { year: 2023, unitCode: unit });
      if (!compiled) throw new Error('not compiled');
      const table = compiled.table.text;
      const number = sql`select count(*), ${compiled.value} from ${compiled.table} where ${compiled.condition}`;
      const list = behindQuery(compiled, 100, 0);
      for (const query of [number, list]) {
        const details = plan(query.text, query.values);
        expect(details.filter((detail) => detail.startsWith(`SCAN ${table}`))).toEqual([]);
        expect(details.some((detail) => detail.startsWith(`SEARCH ${table} USING`))).toBe(true);
      }
      // Cases are many: their number comes from the index alone.
      if (table === 'mediation_case') {
        expect(plan(number.text, number.values)[0]).toMatch(
          /^SEARCH mediation_case USING COVERING INDEX mediation_case_by_\w+ /,
        );
      }
    },
  );
});
