import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { aMediation } from '#tests/fixtures/mediation.ts';
import { aProgram, type Person, type Program, recordDay } from '#tests/fixtures/program.ts';

let program: Program;
let clerk: Person;
beforeAll(async () => {
  program = await aProgram({ everyRole: true });
  clerk = await program.signIn('clerk');
});
afterAll(() => program.close());

const choose = async (ledger: string, at: number) =>
  (await program.call('ledger.choices', { ledger, limit: 20 }))[at]?.id ?? '';

describe('a new record begins with what the account used last', () => {
  test('its own, not what somebody else used', async () => {
    const [first, second] = [await choose('committee', 0), await choose('committee', 1)];
    expect(await clerk.call('ledger.begin', { ledger: 'mediation' })).toEqual({});
    await clerk.save(aMediation().with({ committeeId: first, registrar: '登记人' }));
    await program.save(aMediation().with({ committeeId: second }));
    expect(await clerk.call('ledger.begin', { ledger: 'mediation' })).toEqual({
      committeeId: first,
      registrar: '登记人',
    });
    expect(await program.call('ledger.begin', { ledger: 'mediation' })).toEqual({ committeeId: second });
  });

  test('not a mediator who has left', async () => {
    const mediatorId = await choose('mediator', 0);
    const { record, version } = await program.call('ledger.get', { id: mediatorId });
    await clerk.save(aMediation().with({ mediatorId }));
    expect(await clerk.call('ledger.begin', { ledger: 'mediation' })).toEqual({ mediatorId });
    await program.call('ledger.save', {
      ledger: 'mediator',
      id: mediatorId,
      baseVersion: version,
      record: { ...record, leftOn: recordDay },
    });
    expect(await clerk.call('ledger.begin', { ledger: 'mediation' })).toEqual({});
  });

  test('not a place that is named after one of its persons', async () => {
    const begun = async (mediationPlace: string) => {
      const made = aMediation().with({ mediationPlace });
      const party = (made.record().parties as { name: string }[])[0]?.name ?? '';
      await clerk.save(aMediation().with({ mediationPlace: mediationPlace.replace('某', party) }));
      return clerk.call('ledger.begin', { ledger: 'mediation' });
    };
    expect(await begun('村委会')).toEqual({ mediationPlace: '村委会' });
    expect(await begun('某家')).toEqual({});
  });

  test('nothing in a ledger that remembers nothing', async () => {
    expect(await clerk.call('ledger.begin', { ledger: 'committee' })).toEqual({});
  });
});

describe('a finding becomes a case', () => {
  const aFinding = async (values: Record<string, unknown> = {}) =>
    program.call('ledger.save', {
      ledger: 'finding',
      record: { name: '两家争地埂', foundOn: '2025-06-20', kind: '07', ...values },
    });
  const intoCase = (id: string, more: Record<string, unknown> = {}) => ({
    ledger: 'mediation',
    record: aMediation().accepted('2025-06-25').record(),
    origin: { id, action: 'toCase' },
    ...more,
  });

  test('in one transaction: the finding names the case, is accepted and settled today', async () => {
    const { id } = await aFinding();
    const saved = await program.call('ledger.save', intoCase(id));
    const finding = await program.call('ledger.get', { id });
    expect(finding).toMatchObject({
      state: 'accepted',
      record: { caseId: saved.id, handling: 'accepted', settledOn: recordDay },
    });
    expect(finding.actions).not.toContain('toCase');
  });

  test('once: a second case of it is refused, and nothing of it is kept', async () => {
    const { id } = await aFinding();
    await program.call('ledger.save', intoCase(id));
    const before = (await program.call('ledger.list', { ledger: 'mediation' })).total;
    const failure = await program.refused('ledger.save', intoCase(id));
    expect(failure).toMatchObject({ code: 'action-not-allowed', params: { state: 'accepted' } });
    expect((await program.call('ledger.list', { ledger: 'mediation' })).total).toBe(before);
  });

  test('a save sent again, because the answer was lost, changes nothing', async () => {
    const { id } = await aFinding();
    const draft = '01990000-0000-7000-8000-000000000001';
    const first = await program.call('ledger.save', intoCase(id, { id: draft }));
    const again = await program.call('ledger.save', intoCase(id, { id: draft }));
    expect(again.version).toBe(first.version);
  });

  test('only by the step that opens a case, and only into a case', async () => {
    const { id } = await aFinding();
    for (const wrong of [
      intoCase(id, { origin: { id, action: 'settle' } }),
      { ...intoCase(id), ledger: 'screening', record: { screenedOn: '2025-06-20', scope: '全村' } },
    ]) {
      expect((await program.refused('ledger.save', wrong)).code).toBe('action-not-allowed');
    }
  });
});

describe('phrases', () => {
  const list = async () => (await clerk.call('phrase.list', {})).filter(({ isOwn }) => isOwn);

  test('those of the unit stand before those that come with the program, as long as they are in use', async () => {
    const all = await clerk.call('phrase.list', {});
    expect(all.length).toBeGreaterThan(100);
    const saved = await clerk.call('ledger.save', {
      ledger: 'phrase',
      record: {
        name: '本镇用水惯例',
        place: 'agreementText',
        kind: '07',
        text: '按本镇惯例轮水。',
        addedOn: recordDay,
      },
    });
    expect(await list()).toEqual([
      {
        id: saved.id,
        kind: '07',
        place: 'agreementText',
        title: '本镇用水惯例',
        text: '按本镇惯例轮水。',
        isOwn: true,
      },
    ]);
    expect((await clerk.call('phrase.list', {}))[0]?.id).toBe(saved.id);
    await clerk.call('ledger.act', { id: saved.id, action: 'retire' });
    expect(await list()).toEqual([]);
    await clerk.call('ledger.act', { id: saved.id, action: 'restore' });
    expect(await list()).toHaveLength(1);
  });

  test('a place that no field has is refused', async () => {
    const failure = await clerk.refused('ledger.save', {
      ledger: 'phrase',
      record: { name: '甲', place: 'nowhere', text: '乙', addedOn: recordDay },
    });
    expect(failure.fields?.place).toMatchObject({ problem: 'unknown-code' });
  });
});
