import path from 'node:path';
import fc from 'fast-check';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { z } from 'zod';
import { type MethodName, methods } from '#shared/api/methods.ts';
import { aMediation } from '#tests/fixtures/mediation.ts';
import { aProgram, type Program } from '#tests/fixtures/program.ts';

let program: Program;
let pool: fc.Arbitrary<unknown>;
beforeAll(async () => {
  program = await aProgram();
  const { id, version } = await program.save(aMediation());
  await program.call('draft.save', {
    id: crypto.randomUUID(),
    ledger: 'mediation',
    content: { remark: '半' },
  });
  const grant = program.grant('grant:one', path.join(program.folder, 'out.docx'));
  const names = [
    '__proto__',
    'constructor',
    'toString',
    'hasOwnProperty',
    'acceptedOn',
    'parties',
    'state',
    'seq',
  ];
  const texts = [
    '',
    'mediation',
    'committee',
    id,
    version,
    grant,
    '冲',
    '"',
    "' or 1=1 --",
    'a* OR b NOT (',
    '\0',
    '\ud842',
  ];
  const days = ['0001-01-01', '9999-12-31', '2025-02-30', '2025-03-01'];
  const numbers = [0, -1, 1, 2023, 2025, 2999, 1.5, 2 ** 53, -(2 ** 53), 1e300, -0];
  const leaf = fc.oneof(
    fc.constantFrom<unknown>(...names, ...texts, ...days, ...numbers, true, false, null),
    fc.string({ unit: 'binary', maxLength: 50 }),
    fc.constantFrom('长'.repeat(20_000), '='.repeat(500), '𠮷'.repeat(5000)),
  );
  const key = fc.oneof(
    fc.constantFrom(...names, 'from', 'to', 'field', 'descending', 'kind', 'summary'),
    fc.string(),
  );
  const { tree } = fc.letrec((tie) => ({
    tree: fc.oneof(
      { depthSize: 'small', withCrossShrink: true },
      leaf,
      fc.array(tie('tree'), { maxLength: 4 }),
      fc.array(fc.tuple(key, tie('tree')), { maxLength: 4 }).map((entries) => withOwnKeys(entries)),
    ),
  }));
  pool = fc.oneof(
    { weight: 5, arbitrary: tree },
    { weight: 1, arbitrary: fc.constantFrom(aMediation().record()) },
  );
});
afterAll(() => program.close());

/** As JSON.parse would make it: `__proto__` too is a key of the object's own. */
function withOwnKeys(entries: readonly (readonly [string, unknown])[]): object {
  const object = {};
  for (const [key, value] of entries) {
    Object.defineProperty(object, key, { value, enumerable: true, configurable: true, writable: true });
  }
  return object;
}

/** These would end or lock the session of all that follows, or wait; their inputs are tried as plain nonsense only. */
const apart = new Set([
  'session.lock',
  'session.signOut',
  'session.signIn',
  'session.unlock',
  'session.recover',
  'program.use',
  'program.restore',
]);

function inputFor(method: MethodName): fc.Arbitrary<unknown> {
  const schema = methods[method].input;
  if (apart.has(method) || !(schema instanceof z.ZodObject)) return fc.anything();
  const shape = Object.keys(schema.shape);
  const good: Record<string, fc.Arbitrary<unknown>> = {
    ledger: fc.constantFrom('mediation', 'committee', 'mediator', 'constructor', 'toString'),
    year: fc.constantFrom(1949, 2023, 2025, 2999),
    id: fc.constantFrom('00000000-0000-7000-8000-000000000000'),
  };
  const fields = Object.fromEntries(
    shape.map((field) => [
      field,
      fc.oneof({ weight: 3, arbitrary: good[field] ?? pool }, { weight: 1, arbitrary: pool }),
    ]),
  );
  return fc.oneof(
    { weight: 4, arbitrary: fc.record(fields, { requiredKeys: [] }) },
    { weight: 1, arbitrary: fc.anything() },
  );
}

test('whatever is asked, the answer is an envelope with a reason that somebody foresaw', {
  timeout: 120_000,
}, async () => {
  const names = (Object.keys(methods) as MethodName[]).filter(
    (name) => name !== 'session.lock' && name !== 'session.signOut',
  );
  const seed = Date.now() % 2 ** 31;
  for (const method of names) {
    await fc.assert(
      fc.asyncProperty(inputFor(method), async (input) => {
        const answer = await program.ask(method, input);
        if (answer.ok) return;
        expect(answer.error.code, JSON.stringify(answer.error)).not.toBe('internal');
      }),
      { numRuns: 60, seed },
    );
  }
  expect((await program.call('system.verify', {})).findings).toEqual([]);
});
