// Whatever stands in whichever field of whichever register: what the session may not see whole stands nowhere in the copy
// that it is given (个人信息保护法 51(三)).
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { RecordContent } from '#shared/api/types.ts';
import type { FieldSpec } from '#shared/kinds/kind.ts';
import { ledgers } from '#shared/ledgers/all.ts';
import type { LedgerSpec } from '#shared/ledgers/describe.ts';
import { eachPart, fieldClass, namesIn, veiledContent, veilOf } from '#shared/ledgers/veil.ts';
import { hiddenText } from '#shared/text/words.ts';

const from = (characters: string) => fc.constantFrom(...Array.from(characters));
const digits = (length: number) =>
  fc.string({ unit: from('0123456789'), minLength: length, maxLength: length });
/** Characters that stand in no other value, so that what is found of one is of that one. */
const anyName = fc.string({ unit: from('曜谧濮霁宸狐筱冉璟珩𠮷'), minLength: 2, maxLength: 4 });
const idNumber = digits(16).map((rest) => `62${rest}`);
const phone = digits(10).map((rest) => `1${rest}`);

type Whose = { name: string; id: string; phone: string; other: string };
const person: fc.Arbitrary<Whose> = fc.record({ name: anyName, id: idNumber, phone, other: anyName });

/** A value as somebody might type it there, naming these people. */
function typedIn(spec: FieldSpec, { name, id, phone: number, other }: Whose): string {
  switch (veilOf(spec)) {
    case 'name':
      return name;
    case 'names':
      return `${name}、${other}`;
    case 'identity':
      return id;
    case 'phone':
      return number;
    case 'address':
      return `金塔县东坝镇${name}家隔壁`;
    case 'day':
      return '1987-03-14';
    case 'text':
    case 'hidden':
      return `${name}（${id}，电话${number}）与${other}因水井相争`;
    default:
      return '一般';
  }
}

const partOf = (fields: LedgerSpec['fields'], whose: Whose) =>
  Object.fromEntries(Object.entries(fields).map(([name, spec]) => [name, typedIn(spec, whose)]));

const recordOf = (ledger: LedgerSpec, [own, ...rows]: Whose[]): RecordContent => ({
  ...partOf(ledger.fields, own as Whose),
  ...Object.fromEntries(
    Object.entries(ledger.children).map(([child, { fields }]) => [
      child,
      rows.map((row) => partOf(fields, row)),
    ]),
  ),
});

/** Texts of the copy, with the field that each stands in. */
function textsOf(ledger: LedgerSpec, content: RecordContent): [string, FieldSpec, string][] {
  const found: [string, FieldSpec, string][] = [];
  eachPart(ledger, content, (fields, row) => {
    for (const [name, spec] of Object.entries(fields))
      if (typeof row[name] === 'string') found.push([name, spec, row[name] as string]);
  });
  return found;
}

describe.each(ledgers.map((ledger) => [ledger.name, ledger] as const))('%s', (_name, ledger) => {
  const people = fc.array(person, { minLength: 3, maxLength: 5 });

  test('no name, number or day that is sensitive is left anywhere; what is ordinary stays', () => {
    fc.assert(
      fc.property(people, (all) => {
        const content = recordOf(ledger, all);
        const known = new Set(namesIn(ledger, content));
        const veiled = veiledContent(ledger, content);
        for (const [field, spec, text] of textsOf(ledger, veiled)) {
          if (fieldClass(spec) === 'ordinary') {
            expect(text).toBe('一般');
            continue;
          }
          for (const one of all) {
            for (const secret of [one.id, one.phone, '1987-03-14', '隔壁'])
              expect(text, field).not.toContain(secret);
            for (const name of [one.name, one.other])
              if (known.has(name)) expect(text, field).not.toContain(name);
          }
          // Where nobody's name is known, anybody may stand in a text.
          if (known.size === 0 && veilOf(spec) === 'text') expect(text).toBe(hiddenText);
        }
      }),
      { numRuns: 50 },
    );
  });

  test('the record itself is left as it is', () => {
    fc.assert(
      fc.property(people, (all) => {
        const content = recordOf(ledger, all);
        const before = structuredClone(content);
        veiledContent(ledger, content);
        expect(content).toEqual(before);
      }),
      { numRuns: 5 },
    );
  });
});

test('a party that is an organisation is named; whoever stands for it is not', () => {
  const ledger = ledgers.find(({ name }) => name === 'mediation') as LedgerSpec;
  const [text = ''] = Object.keys(ledger.fields).filter(
    (name) => veilOf(ledger.fields[name] as FieldSpec) === 'text',
  );
  const party = { side: 'applicant', name: '东坝镇供销社', agentName: '濮阳霁宸' };
  for (const [type, shown] of [
    ['legal', '东坝镇供销社'],
    ['other', '东坝镇供销社'],
    ['natural', '东*****'],
  ]) {
    const content = {
      parties: [{ ...party, type }],
      [text]: '东坝镇供销社与濮阳霁宸',
    } as unknown as RecordContent;
    const veiled = veiledContent(ledger, content);
    expect(veiled.parties).toMatchObject([{ name: shown, agentName: '濮***' }]);
    expect(veiled[text]).toBe(`${shown}与濮***`);
  }
});
