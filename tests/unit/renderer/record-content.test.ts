import { describe, expect, it } from 'vitest';
import { codesFrom } from '#renderer/state/codes.ts';
import {
  differences,
  type FormRow,
  filledFromIdentity,
  isFromIdentity,
  newContent,
  newRow,
  typedFromValue,
  valueFromTyped,
  withoutIdleRows,
} from '#renderer/state/record-content.ts';
import { withPerson } from '#renderer/state/record-taken.ts';
import type { CodeList } from '#shared/domain/code-list.ts';
import { asDay } from '#shared/domain/day.ts';
import { identityCheck } from '#shared/domain/identity-number.ts';
import { mediation } from '#shared/ledgers/mediation.ts';
import { committee } from '#shared/ledgers/organisation.ts';
import { partyFields } from '#shared/ledgers/party.ts';
import { personSpecOf } from '#shared/ledgers/persons.ts';
import { fieldsOfSteps } from '#shared/ledgers/workflow.ts';

const today = asDay('2025-06-01');
const list = (name: string, ...codes: string[]): CodeList => ({
  list: name,
  title: name,
  edition: '1',
  validFrom: asDay('2000-01-01'),
  validTo: null,
  source: 'test',
  sure: 'high',
  items: codes.map((code) => ({ code, label: `label ${code}` })),
});
const codes = codesFrom([list('partyType', 'natural', 'legal'), list('partySide', '1', '2')]);

describe('what a field takes and shows', () => {
  const { acceptedOn, involvedFen, partyCount, summary } = mediation.fields;

  it('reads days and amounts in every usual form and keeps what it cannot read', () => {
    for (const typed of ['20250301', '2025-3-1', '2025.3.1', '2025/03/01', '2025年3月1日']) {
      expect(valueFromTyped(acceptedOn, typed), typed).toBe('2025-03-01');
    }
    expect(valueFromTyped(acceptedOn, '2025.3')).toBe('2025.3');
    expect(valueFromTyped(acceptedOn, '20250230')).toBe('20250230');
    expect(valueFromTyped(involvedFen, '3.5万')).toBe(3_500_000);
    expect(valueFromTyped(involvedFen, '三块')).toBe('三块');
    expect(valueFromTyped(partyCount, ' 12 ')).toBe(12);
    expect(valueFromTyped(summary, '  ')).toBeNull();
  });

  it('shows amounts in yuan and unread text as typed', () => {
    expect(typedFromValue(involvedFen, 120_050)).toBe('1200.50');
    expect(typedFromValue(involvedFen, '三块')).toBe('三块');
    expect(typedFromValue(involvedFen, null)).toBe('');
  });
});

describe('a new record', () => {
  it('of a numbered ledger begins today with the rows it begins with; base data begin empty', () => {
    expect(newContent(mediation, today, codes)).toEqual({
      acceptedOn: '2025-06-01',
      parties: [
        { side: 'applicant', type: 'natural' },
        { side: 'respondent', type: 'natural' },
      ],
    });
    expect(newContent(committee, today, codes)).toEqual({});
  });

  it('gives a row the deciding code of the row before', () => {
    const { parties } = mediation.children;
    const further = [{ type: 'natural' }, { type: 'legal' }];
    expect(newRow(parties, further, codes, today)).toEqual({ side: 'respondent', type: 'legal' });
    expect(newRow({ ...parties, begins: [] }, [{ type: 'legal' }], codes, today)).toEqual({ type: 'legal' });
  });

  it('is saved without the last rows that nobody filled', () => {
    const [first, second] = [
      { side: 'applicant', type: 'natural', name: 'x' },
      { side: 'respondent', type: 'natural', name: '' },
    ];
    const rowsOf = (...parties: FormRow[]) => withoutIdleRows(mediation, { parties }).parties;
    expect(rowsOf(first, second, second)).toEqual([first]);
    expect(rowsOf(second, first, second)).toEqual([second, first]);
    expect(rowsOf(first, { ...second, phone: '1' })).toHaveLength(2);
    expect(rowsOf(second, second)).toEqual([second]);
  });

  it('does not ask what only a later step needs', () => {
    expect([...fieldsOfSteps(mediation.workflow).keys()].sort()).toEqual(['archivedOn', 'voidReason']);
  });
});

describe('an identity number', () => {
  const first17 = '99999919900101001';
  const number = first17 + identityCheck(first17);

  it('fills what is empty and leaves what stands', () => {
    expect(filledFromIdentity(partyFields, { idNumber: number }, 'idNumber', today)).toMatchObject({
      sex: '1',
      birthOn: '1990-01-01',
    });
    const filled = filledFromIdentity(partyFields, { idNumber: number, sex: '2' }, 'idNumber', today);
    expect(filled).toMatchObject({ sex: '2', birthOn: '1990-01-01' });
    expect(filledFromIdentity(partyFields, { idNumber: `${first17}?` }, 'idNumber', today)).toEqual({
      idNumber: `${first17}?`,
    });
    expect(filledFromIdentity(partyFields, { name: number }, 'name', today)).toEqual({ name: number });
  });

  it('needs no field for what it says itself', () => {
    const row = { idNumber: number, sex: '1', birthOn: '1991-01-01', name: 'x' };
    const said = Object.keys(row).filter((field) => isFromIdentity(partyFields, row, field, today));
    expect(said).toEqual(['sex']);
    expect(isFromIdentity(partyFields, { sex: '1' }, 'sex', today)).toBe(false);
  });
});

describe('differences of two contents', () => {
  it('are named by field, whatever stands for empty and in whatever order a row has its fields', () => {
    const mine = { place: 'a', remark: '', summary: 's', parties: [{ name: 'x', side: '1', sex: null }] };
    const theirs = { place: 'b', summary: 's', parties: [{ side: '1', name: 'x' }] };
    expect(differences(mediation, mine, theirs)).toEqual([{ name: 'place', mine: 'a', theirs: 'b' }]);
    const other = { ...theirs, parties: [{ side: '2', name: 'x' }] };
    expect(differences(mediation, mine, other).map(({ name }) => name)).toEqual(['place', 'parties']);
  });
});

it('a person taken over fills what is empty, and leaves what was typed', () => {
  const spec = personSpecOf(mediation, 'parties');
  if (!spec) throw new Error('parties are no persons');
  const known = { type: 'natural', name: '欧阳秀兰', idNumber: '999999199001010016', phone: '16400000001' };
  const { fields } = mediation.children.parties;
  const taken = (row: Record<string, string>) => withPerson(fields, spec, { type: 'natural', ...row }, known);
  expect(taken({ name: '欧阳秀岚', phone: '16400000002' })).toEqual({
    ...known,
    name: '欧阳秀岚',
    phone: '16400000002',
  });
  expect(taken({ name: 'oyxl' })).toEqual(known);
  const firm = { type: 'legal', name: '沃野公司', creditCode: '91999999000000017X' };
  // The kind a row begins with goes with the person: else the code would apply to nobody.
  expect(withPerson(fields, spec, { type: 'natural', name: 'wygs' }, firm)).toEqual(firm);
  expect(withPerson(fields, spec, { type: 'legal', name: '沃野公司' }, { ...known, type: 'legal' })).toEqual({
    type: 'legal',
    name: '沃野公司',
    phone: known.phone,
  });
});
