// Other people than the administrator at the program that an act is tried with.
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import type { InputOf } from '#shared/api/methods.ts';
import type { MediationBuilder } from '#tests/fixtures/mediation.ts';
import type { Program as Bureau, Person } from '#tests/fixtures/program.ts';
import type { Stage } from './stage.ts';

const first = 'first horse';
export const own = 'own horse';

/** An account that has its own password already. Gives its id. */
export async function newAccount(
  stage: Stage,
  account: Omit<InputOf<'account.create'>, 'password'>,
): Promise<string> {
  const all = await stage.program.must('account.create', { ...account, password: first });
  const person = await personAt(stage, account.name, first);
  await person.call('session.changePassword', { password: first, newPassword: own });
  return all.find(({ name }) => name === account.name)?.id ?? '';
}

/** Somebody at the program besides the administrator, in the words of the other tests' builders. */
export async function personAt(
  { program, folder }: Stage,
  account: string,
  password = own,
): Promise<Person & Pick<Bureau, 'grant' | 'folder' | 'beside'>> {
  const { token } = await program.must('session.signIn', { account, password });
  const grants: Record<string, string> = {};
  let calls = 0;
  const ask: Person['ask'] = (method, input) =>
    program.core.call(method, input, { call: `${account}-${++calls}`, token, grants });
  const person: Person & Pick<Bureau, 'grant' | 'folder' | 'beside'> = {
    folder,
    beside: fs.mkdtempSync(path.join(os.tmpdir(), 'ledger-beside-')),
    token,
    ask,
    async call(method, input) {
      const answer = await ask(method, input);
      if (!answer.ok) throw new Error(`${account}: ${method}: ${JSON.stringify(answer.error)}`);
      return answer.value as never;
    },
    async refused(method, input) {
      const answer = await ask(method, input);
      if (answer.ok) throw new Error(`${method} was not refused`);
      return answer.error;
    },
    save(mediation, more = {}) {
      const record = isBuilder(mediation) ? mediation.record() : mediation;
      return person.call('ledger.save', { ledger: 'mediation', record, ...more });
    },
    grant(name, file) {
      grants[name] = file;
      return name;
    },
  };
  if (account !== 'admin') await person.ask('session.reveal', { reason: '办理业务' });
  return person;
}

function isBuilder(value: MediationBuilder | Record<string, unknown>): value is MediationBuilder {
  return typeof (value as Partial<MediationBuilder>).record === 'function';
}
