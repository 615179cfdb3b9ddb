// The rows of deadlines that stand in a ledger are those of this program's code: who changes how they are made raises the
// version, by which the next opening makes them anew.
import { createHash } from 'node:crypto';
import { expect, test } from 'vitest';
import { dueVersion, entriesOf, openBook } from '#core/cases/due-entries.ts';
import { createRegistry } from '#core/ledgers/registry.ts';
import { asDay } from '#shared/domain/day.ts';
import type { DeadlineRule } from '#shared/domain/deadline-rule.ts';
import { ledgers } from '#shared/ledgers/all.ts';
import { aProgram } from '#tests/fixtures/program.ts';

/** By hand: those of the program are named by the stamp already. */
const rule: DeadlineRule = {
  code: 'mediation.sample',
  edition: 1,
  ledger: 'mediation',
  title: '期限',
  trigger: ['acceptedOn'],
  from: 'nextDay',
  offset: 1,
  unit: 'month',
  roll: 'none',
  states: ['open', 'agreed'],
  when: [],
  metBy: [{ field: 'performance', in: ['performed'] }],
  pausedBy: [],
  extendedBy: [{ to: 'extendedTo', needs: ['extensionAgreedOn'] }],
  lapsesUnless: [{ field: 'aftermath', in: ['confirmation'] }],
  person: ['mediatorId', 'registrar'],
  strength: 'soft',
  law: '办法',
  article: null,
  validFrom: asDay('2000-01-01'),
  validTo: null,
  source: '本单位',
  sure: 'low',
};

const contents = [
  { acceptedOn: '2025-01-31', registrar: '柳' },
  { acceptedOn: '2025-03-03', extendedTo: '2025-05-01', extensionAgreedOn: '2025-03-20', mediatorId: 'm' },
  { acceptedOn: '2025-03-03', extendedTo: '2025-05-01' },
  { concludedOn: '2025-03-06', performBy: '2025-04-30' },
  { effectiveOn: '2025-03-06', concludedOn: '2025-03-05', aftermath: 'confirmation' },
  { effectiveOn: '2025-03-06', aftermath: 'lawsuit', performance: 'performed' },
];

test('the version of the rows is raised when they are made otherwise', async () => {
  const program = await aProgram();
  try {
    const rows = await program.look((db) => {
      const book = openBook(db, createRegistry(ledgers), [
        { ...rule, code: 'mediation.a' },
        { ...rule, code: 'mediation.b', roll: 'nextWorkday', extendedBy: [] },
        { ...rule, code: 'mediation.c', unit: 'workday', offset: 5, states: ['agreed'] },
        {
          ...rule,
          code: 'mediation.d',
          from: 'sameDay',
          unit: 'day',
          offset: 30,
          trigger: ['effectiveOn', 'concludedOn'],
        },
        { ...rule, code: 'mediation.e', from: 'sameDay', offset: 3 },
        { ...rule, code: 'mediation.f', from: 'before', unit: 'day', offset: 30 },
        { ...rule, code: 'mediation.g', isLimit: true },
      ]);
      return contents.flatMap((content, at) =>
        ['open', 'agreed', 'void'].flatMap((state) =>
          entriesOf(book, {
            ledger: { name: 'mediation' },
            id: `${at} ${state}`,
            unitId: 'u',
            state,
            content,
          }),
        ),
      );
    });
    expect(rows.length).toBeGreaterThan(10);
    const hash = createHash('sha256').update(JSON.stringify(rows)).digest('hex').slice(0, 16);
    expect([dueVersion, hash]).toEqual([2, '95e63a1814d83f45']);
  } finally {
    await program.close();
  }
});
