// What an act answers to a session that gave no reason is as masked as what is asked (个人信息保护法 51(三)): a save, a step, and
// every step on a list of destruction, whatever somebody wrote there of the people in the files.
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { sql } from '#core/db/sql.ts';
import { type MethodName, methods } from '#shared/api/methods.ts';
import { aMediation } from '#tests/fixtures/mediation.ts';
import { aProgram, type Person, type Program, password } from '#tests/fixtures/program.ts';
import { aFile, decide, toApprove } from '../retention/files-fixture.ts';
import { methodInputs } from './method-inputs.ts';

const names = ['亓官曜谧', '濮阳霁宸'] as const;
const [applicant] = names;

let program: Program;
let clerk: Person;
let head: Person;
beforeAll(async () => {
  program = await aProgram({ everyRole: true, isVeiled: true });
  [clerk, head] = [await program.signIn('clerk'), await program.signIn('head')];
  await decide(head, 'mediation.case', 10);
});
afterAll(() => program.close());

/** The answer, which must be one, and say nobody's name. */
async function masked(person: Person, method: string, input: unknown): Promise<Record<string, unknown>> {
  const answer = await person.ask(method, input);
  const said = JSON.stringify(answer);
  expect(answer, said).toMatchObject({ ok: true });
  for (const name of names) expect(said, method).not.toContain(name);
  expect(said, method).toMatch(/亓\*\*\*|（已隐去）/);
  return (answer as { value: Record<string, unknown> }).value;
}

test('a save and a step: of the record, and of the case that it belongs to', async () => {
  const record = aMediation()
    .between(...names)
    .about('02', `${applicant}家的井`)
    .record();
  const { id } = await masked(clerk, 'ledger.save', { ledger: 'mediation', record });
  await masked(clerk, 'ledger.save', {
    ledger: 'caseNote',
    record: { caseId: id, kind: 'investigation', heldOn: '2025-06-01', topic: '用水', text: '当面谈过' },
  });
  await masked(clerk, 'ledger.act', { id, action: 'void', record: { voidReason: '误录' } });
});

describe('files whose period is over', () => {
  const files: string[] = [];
  let list: string;
  beforeAll(async () => {
    for (const year of [2010, 2011]) files.push((await aFile(clerk, year, names)).id);
  });

  test('why one is kept on', async () => {
    const [first = ''] = files;
    const until = '2025-07-31';
    await clerk.call('retention.keep', { ids: [first], until, reason: `${applicant}申请查阅` });
    const asked = { what: 'ended', on: '2025-08-01' };
    const review = await masked(clerk, 'retention.review', asked);
    expect(JSON.stringify(review)).toContain('亓***申请查阅');
    await masked(clerk, 'retention.sheet', asked);
  });

  test('opinions and reasons on a list, from the first file to the last step', async () => {
    program.clock.now = new Date('2025-08-01T02:00:00Z');
    const [first = '', second = ''] = files;
    const opinion = `${applicant}与他人之争已了`;
    const made = await masked(clerk, 'destruction.add', { list: null, ids: [first, second], opinion });
    list = String(made.id);
    expect(JSON.stringify(made)).toContain('亓***与他人之争已了');
    const reason = `${applicant}还要用`;
    const item = (made.items as { id: number; recordId: string }[]).find((one) => one.recordId === second);
    await masked(clerk, 'destruction.remove', { list, items: [item?.id], reason });
    await masked(head, 'destruction.approve', { list, ...toApprove });
    await masked(head, 'destruction.withdraw', { list, reason });
    await masked(head, 'destruction.approve', { list, ...toApprove });
    for (const method of ['destruction.get', 'destruction.sheet']) await masked(clerk, method, { list });
    await masked(clerk, 'destruction.lists', {});
    await masked(head, 'destruction.carryOut', { list, supervisors: ['甲监销', '乙监销'] });
    await masked(clerk, 'destruction.get', { list });
  });

  test('why what was left of a list stays, when its approval is withdrawn under way', async () => {
    const { id } = await aFile(clerk, 2012, names);
    const open = await clerk.call('destruction.add', { list: null, ids: [id], opinion: '已了结' });
    await head.call('destruction.approve', { list: open.id, ...toApprove });
    await program.look((db) =>
      db.run(sql`update destruction_list set state = 'underWay' where id = ${open.id}`),
    );
    const reason = `${applicant}的家人要用`;
    const withdrawn = await masked(head, 'destruction.withdraw', { list: open.id, reason });
    expect(withdrawn.items).toMatchObject([{ state: 'withheld', why: '（已隐去）' }]);
    await masked(clerk, 'destruction.get', { list: open.id });
  });
});

describe('what cannot be masked is refused to whoever gave no reason', () => {
  /** Written out by hand: a picture, a paper, a file, the card of a person, and what is decided by reading names. */
  const wholeOnly: readonly MethodName[] = [
    ...(['attachment.view', 'attachment.export', 'safety.partiesOf', 'enquiry.view'] as const),
    ...(['paper.preview', 'paper.make', 'paper.issue', 'paper.number'] as const),
    ...(['issued.preview', 'issued.make', 'dossier.preview', 'dossier.issue', 'dossier.make'] as const),
    ...(['person.match', 'person.take', 'person.card', 'person.inRecord', 'person.decide'] as const),
    ...(['person.undecide', 'person.warnings', 'person.seen', 'person.see'] as const),
  ];

  test.each(wholeOnly)('%s', async (method) => {
    await head.call('session.confirm', { password });
    expect((await head.refused(method, methodInputs[method])).code).toBe('veiled');
  });

  test('no other method says so of itself', () => {
    const saying = (Object.keys(methods) as MethodName[]).filter((method) => methods[method].whole);
    expect(saying.sort()).toEqual([...wholeOnly].sort());
  });
});
