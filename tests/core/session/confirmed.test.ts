// Which acts ask for the caller's own password again, and why (GB/T 22239-2019 身份鉴别; 个人信息保护法 51): a flag that is
// turned off by mistake lets whoever finds a PC unlocked do what its user alone should.
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import { type MethodName, methods } from '#shared/api/methods.ts';
import { aProgram, type Person, type Program, password } from '#tests/fixtures/program.ts';
import { methodInputs } from './method-inputs.ts';

/** Who may do it in the demo's unit, and why a session that was left open is not enough. */
const asked: Partial<Record<MethodName, [person: string, why: string]>> = {
  'account.create': ['head', 'a new account is a way in for somebody'],
  'account.change': ['head', 'gives or takes rights'],
  'account.setPassword': ['head', 'a password that is set is a way in as somebody else'],
  'account.handOver': ['head', 'every open case of an account changes hands'],
  'help.card': ['head', 'whoever gets the card is asked for help with passwords'],
  'help.trust': ['head', 'another unit can open the ledger from now on'],
  'help.answer': ['head', 'opens the ledger of a station for an account'],
  'audit.export': ['auditor', 'the whole log leaves the machine, signed in his name'],
  'sealing.confirm': ['head', 'a record is closed, or opened again, by the second of two'],
  'sealing.takeAnswer': ['clerk', 'a record is closed, or opened again, by the answer from above'],
  'sealing.answerAsked': ['head', 'the second of two, for a record of another unit'],
  'enquiry.open': ['head', 'says who is sealed'],
  'enquiry.answer': ['head', 'tells somebody outside what is sealed'],
  'enquiry.view': ['head', 'shows what is sealed'],
  'enquiry.paper': ['head', 'what is told of a sealed record leaves the machine'],
  'destruction.approve': ['head', 'what is approved is destroyed'],
  'destruction.carryOut': ['head', 'what is destroyed never comes back'],
  'system.dropAside': ['admin', 'what was set aside is gone for good'],
  'program.move': ['admin', 'the whole ledger leaves, and this machine stops working with it'],
  'program.restore': ['admin', 'everything since the copy is put aside'],
};

let program: Program;
const people: Record<string, Person> = {};
let copy: string;
beforeAll(async () => {
  program = await aProgram({ everyRole: true });
  ({ name: copy } = await program.call('system.backup', {}));
  for (const name of ['admin', 'head', 'clerk', 'auditor']) people[name] = await program.signIn(name);
  program.grant('elsewhere', program.folder);
});
afterAll(() => program.close());

const inputOf = (method: MethodName): unknown => {
  if (method === 'program.restore') return { backup: copy };
  if (method === 'program.move') return { folder: 'elsewhere' };
  return methodInputs[method] ?? {};
};

/** Work at a moment so many minutes from now, by the clock that nobody can set back. */
async function inMinutes(minutes: number, work: () => Promise<void>): Promise<void> {
  const now = performance.now();
  const later = vi.spyOn(performance, 'now').mockImplementation(() => now + minutes * 60_000);
  try {
    await work();
  } finally {
    later.mockRestore();
  }
}

describe('five minutes after the password was typed', () => {
  test.each(Object.entries(asked))('%s asks for it again (%s)', async (name, [who]) => {
    const method = name as MethodName;
    await inMinutes(6, async () => {
      expect(await people[who]?.refused(method, inputOf(method))).toMatchObject({ code: 'confirm-needed' });
    });
  });

  const others = (Object.keys(methods) as MethodName[]).filter(
    (name) => methods[name].rights !== 'none' && !(name in asked),
  );
  test.each(others)('%s does not', async (method) => {
    await inMinutes(6, async () => {
      for (const person of Object.values(people)) {
        const answer = await person.ask(method, inputOf(method));
        if (!answer.ok) expect(answer.error.code).not.toBe('confirm-needed');
      }
    });
  });
});

describe('while it still counts', () => {
  const commands = Object.entries(asked).filter(([name]) => !name.startsWith('program.'));
  test.each(commands)('%s gets to what it is about (%s)', async (name, [who]) => {
    const method = name as MethodName;
    await inMinutes(4, async () => {
      const answer = await people[who]?.ask(method, inputOf(method));
      if (answer?.ok === false) expect(answer.error.code).not.toBe('confirm-needed');
    });
  });

  test('a password typed once more counts from then on, for that session alone', async () => {
    const [head, other] = [await program.signIn('head'), await program.signIn('head')];
    await inMinutes(6, async () => {
      await head.call('session.confirm', { password });
      expect((await head.refused('sealing.confirm', inputOf('sealing.confirm'))).code).toBe(
        'sealing-settled',
      );
      expect((await other.refused('sealing.confirm', inputOf('sealing.confirm'))).code).toBe(
        'confirm-needed',
      );
    });
    await inMinutes(12, async () => {
      expect((await head.refused('sealing.confirm', inputOf('sealing.confirm'))).code).toBe('confirm-needed');
    });
  });
});
