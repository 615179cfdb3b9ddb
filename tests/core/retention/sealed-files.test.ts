// A sealed file whose period is over goes on no list of destruction: of minors never, of others once two have opened it.
import { afterEach, beforeEach, expect, test } from 'vitest';
import { errorText } from '#shared/text/errors.ts';
import { aProgram, type Person, type Program } from '#tests/fixtures/program.ts';
import { aFile, decide, opinion } from './files-fixture.ts';

let program: Program;
let clerk: Person;
let head: Person;
beforeEach(async () => {
  program = await aProgram({ everyRole: true });
  clerk = await program.signIn('clerk');
  head = await program.signIn('head');
  await decide(head, 'mediation.case', 10);
});
afterEach(() => program.close());

const list = (ids: string[]) => ({ list: null, ids, opinion });
async function sealedFile(basis: 'minorCrime' | 'minorOther' | 'securityCase' | 'ownDecision') {
  const { id } = await aFile(clerk, 2010, ['亓官曜谧', '濮阳霁宸']);
  const request = await clerk.call('sealing.apply', { recordId: id, kind: 'seal', basis, reason: '依法' });
  await head.call('sealing.confirm', request);
  return id;
}

test.each(['minorCrime', 'minorOther'] as const)(
  'of a minor (%s): neither listed nor kept on',
  async (basis) => {
    const sealed = await sealedFile(basis);
    const open = (await aFile(clerk, 2010, ['甲方某', '乙方某'])).id;
    const refused = await clerk.refused('destruction.add', list([open, sealed]));
    expect(refused).toMatchObject({ code: 'file-sealed', params: { isMinor: true } });
    expect(errorText(refused)).toMatch(/继续封存保存.*未成年人犯罪记录封存/);
    expect(errorText(refused)).not.toContain(sealed);
    const keep = { ids: [sealed], until: '2030-12-31', reason: '续存' };
    expect((await clerk.refused('retention.keep', keep)).code).toBe('file-sealed');
    // Nothing of what was chosen with it went on a list, and the review does not show it.
    expect(await clerk.call('destruction.lists', {})).toEqual([]);
    const { rows } = await clerk.call('retention.review', { what: 'ended' });
    expect(rows.map(({ id }) => id)).toEqual([open]);
  },
);

test.each(['securityCase', 'ownDecision'] as const)(
  'sealed otherwise (%s): listed once two have opened it',
  async (basis) => {
    const sealed = await sealedFile(basis);
    const refused = await clerk.refused('destruction.add', list([sealed]));
    expect(refused).toMatchObject({ code: 'file-sealed', params: { isMinor: false } });
    expect(errorText(refused)).toContain('解除封存');
    const request = await clerk.call('sealing.apply', {
      ...{ recordId: sealed, kind: 'unseal', basis: 'decisionWithdrawn', reason: '不再保密' },
    });
    await head.call('sealing.confirm', request);
    expect((await clerk.call('destruction.add', list([sealed]))).items).toHaveLength(1);
  },
);
