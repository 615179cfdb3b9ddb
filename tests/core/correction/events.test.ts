// What happens to persons under correction, through the dispatcher: who decides, for how long, what leads to what.
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { correctionLedgers } from '#shared/ledgers/all.ts';
import { checkRecord } from '#shared/ledgers/check.ts';
import { problemTextAt } from '#shared/text/problems.ts';
import { aLeave, eventsOf } from '#tests/fixtures/correction.ts';
import { workAt } from '#tests/fixtures/correction-work.ts';
import { aProgram, type Program } from '#tests/fixtures/program.ts';

let county: Program;
let station: Program;
beforeAll(async () => {
  county = await aProgram({ isCounty: true });
  station = await aProgram();
});
afterAll(async () => {
  await county.close();
  await station.close();
});

const { somebody, save, refusedFor, act, dueOf } = workAt(() => county);
const said = (ledger: string, field: string, problem: unknown) => {
  const spec = correctionLedgers.find(({ name }) => name === ledger);
  if (!spec) throw new Error(ledger);
  return problemTextAt(spec, field, problem as never);
};

// A letter of the procuratorate is called by its number, and may concern nobody: see reminders.test.ts
const events = Object.keys(eventsOf('')).filter((ledger) => ledger !== 'oversight');
describe.each(events)('%s', (ledger) => {
  test('bears the name of its person, stands beside the file, lies within the correction', async () => {
    const person = await somebody(county, { name: '班固' });
    const record = eventsOf(person.id)[ledger] ?? {};
    const event = await save(ledger, record);
    expect(event.title).toBe('班固');
    const related = await county.call('ledger.related', { id: person.id });
    const [row, ...others] = related.find((one) => one.ledger === ledger)?.rows ?? [];
    expect([row?.id, others]).toEqual([event.id, []]);
    for (const [field, value] of Object.entries(row?.beside ?? {}))
      expect(value, field).toBe(event.record[field] ?? null);
    const late = await somebody(county, {
      receivedOn: '2025-06-20',
      reportedOn: '2025-06-20',
      declaredOn: '2025-06-20',
    });
    const early = await county.ask('ledger.save', { ledger, record: { ...record, personId: late.id } });
    if (ledger === 'absence') expect(early.ok).toBe(true);
    else if (ledger !== 'measure') expect(JSON.stringify(early)).toContain('personId.receivedOn');
  });

  test('what is worked out of the person stays where the person cannot be seen, as in the window', async () => {
    const person = await somebody(county);
    const { record } = await save(ledger, eventsOf(person.id)[ledger] ?? {});
    const spec = correctionLedgers.find(({ name }) => name === ledger);
    if (!spec) throw new Error(ledger);
    const { content } = checkRecord(spec, record, {
      today: '2025-06-30',
      hasCode: () => true,
      hasRecord: () => true,
    });
    expect(content).toEqual(record);
  });

  test('without a person it is nothing', async () => {
    const record = { ...eventsOf('')[ledger], personId: undefined };
    expect((await refusedFor(ledger, record)).personId).toEqual({ problem: 'required' });
  });
});

describe('leave', () => {
  test('asked for, approved, back', async () => {
    const { id } = await somebody();
    const applied = await save('leave', aLeave(id));
    expect(applied).toMatchObject({
      state: 'applied',
      record: { days: 5, twoMonthDays: 5, neededLevel: 'station' },
    });
    const approved = await act(applied, 'decide', {
      decision: 'approved',
      approvedOn: '2025-05-06',
      approver: '祁连山',
    });
    expect(approved.state).toBe('approved');
    expect(await dueOf(approved)).toEqual(['leave.return 2025-05-14']);
    const back = await act(approved, 'return', { returnedOn: '2025-05-14' });
    expect(back.state).toBe('returned');
    expect(await dueOf(back)).toEqual([]);
  });

  test.each([
    ['seven days', '2025-05-16', 'station'],
    ['eight days', '2025-05-17', 'county'],
    ['thirty days', '2025-06-08', 'county'],
    ['thirty-one days', '2025-06-09', 'city'],
  ])('%s', async (_what, leaveTo, level) => {
    const { id } = await somebody();
    expect((await save('leave', aLeave(id, { leaveTo }))).record.neededLevel).toBe(level);
  });

  test('a short leave needs the level above for the sum of two months', async () => {
    const { id } = await somebody();
    await save(
      'leave',
      aLeave(id, { leaveFrom: '2025-04-01', leaveTo: '2025-04-26', appliedOn: '2025-03-28' }),
    );
    const fourth = await save('leave', aLeave(id, { leaveFrom: '2025-05-10', leaveTo: '2025-05-13' }));
    expect(fourth.record).toMatchObject({ days: 4, twoMonthDays: 30, neededLevel: 'station' });
    const fifth = await save('leave', aLeave(id, { leaveFrom: '2025-05-20', leaveTo: '2025-05-20' }));
    expect(fifth.record).toMatchObject({ days: 1, twoMonthDays: 31, neededLevel: 'city' });
    const decision = { decision: 'approved', approvedOn: '2025-05-19', approver: '祁连山' };
    const refused = await county.refused('ledger.act', {
      id: fifth.id,
      action: 'decide',
      baseVersion: fifth.version,
      record: decision,
    });
    expect(refused.fields?.approvedOn).toMatchObject({ problem: 'of-level', level: 'city' });
    expect(said('leave', 'approvedOn', refused.fields?.approvedOn)).toMatch(/第二十七条.*市级/);
    const noted = await act(fifth, 'decide', { ...decision, approvalNo: '酒司矫外〔2025〕9号' });
    expect(noted.state).toBe('approved');
    expect(await dueOf(noted)).toContain('leave.prosecutor 2025-05-19');
    // Nobody went on a leave that was refused
    const other = await somebody();
    const declined = await save(
      'leave',
      aLeave(other.id, { leaveFrom: '2025-04-01', leaveTo: '2025-04-26' }),
    );
    await act(declined, 'decide', { decision: 'refused', approvedOn: '2025-05-06', approver: '祁连山' });
    expect((await save('leave', aLeave(other.id))).record.twoMonthDays).toBe(5);
  });

  test('a bureau’s own limit counts', async () => {
    const own = await aProgram({ isCounty: true });
    try {
      const { id } = await somebody(own);
      const [rule] = (await own.call('deadline.rules', {})).filter(
        ({ rule: one }) => one.code === 'leave.station',
      );
      expect(rule?.open).toBe(0);
      const decision = { isOff: false, offset: 3, unit: 'day', roll: 'none', strength: 'hard' } as const;
      await own.call('deadline.confirm', { rule: 'leave.station', decision, note: '省细则第十条' });
      expect((await save('leave', aLeave(id), own)).record.neededLevel).toBe('county');
    } finally {
      await own.close();
    }
  });

  test('a station approves seven days, no more', async () => {
    const { id } = await somebody(station);
    const decision = { decision: 'approved', approvedOn: '2025-05-06', approver: '祁连山' };
    const short = await save('leave', aLeave(id, decision), station);
    expect(short.state).toBe('approved');
    const long = aLeave(id, { leaveFrom: '2025-05-20', leaveTo: '2025-05-27', ...decision });
    const { approvedOn } = await refusedFor('leave', long, station);
    expect(said('leave', 'approvedOn', approvedOn)).toContain(
      '由县级社区矫正机构批准（社区矫正法实施办法第二十七条）',
    );
  });

  test('two leaves do not overlap; back early, the next may begin', async () => {
    const { id } = await somebody();
    const first = await save(
      'leave',
      aLeave(id, { decision: 'approved', approvedOn: '2025-05-06', approver: '祁连山' }),
    );
    const second = aLeave(id, { destination: '西安市', leaveFrom: '2025-05-13', leaveTo: '2025-05-15' });
    const { personId } = await refusedFor('leave', second);
    expect(personId).toMatchObject({
      problem: 'overlaps',
      what: '兰州市',
      from: '2025-05-10',
      to: '2025-05-14',
    });
    expect(said('leave', 'personId', personId)).toContain('第二十八条');
    await act(first, 'return', { returnedOn: '2025-05-12' });
    expect((await save('leave', second)).state).toBe('applied');
    // Somebody else's leave is in nobody's way
    expect((await save('leave', aLeave((await somebody()).id))).state).toBe('applied');
  });

  test.each<[string, Record<string, unknown>, string, Record<string, unknown>]>([
    [
      'an end before its start',
      { leaveTo: '2025-05-09' },
      'leaveTo',
      { problem: 'before', other: 'leaveFrom' },
    ],
    [
      'approved before it was asked for',
      { decision: 'approved', approvedOn: '2025-05-04' },
      'approvedOn',
      { problem: 'before' },
    ],
    ['back before leaving', { returnedOn: '2025-05-09' }, 'returnedOn', { problem: 'before' }],
    [
      'before registration',
      { leaveFrom: '2025-03-04', leaveTo: '2025-03-05', appliedOn: '2025-03-01' },
      'leaveFrom',
      { problem: 'before', other: 'personId.receivedOn' },
    ],
  ])('%s is refused', async (_what, more, field, problem) => {
    const { id } = await somebody();
    expect((await refusedFor('leave', aLeave(id, more)))[field]).toMatchObject(problem);
  });

  test('after the end of correction it is refused; asked for late, back late, it is said', async () => {
    const person = await somebody();
    await act(person, 'release', { endKind: 'pardoned', endedOn: '2025-05-09' });
    const { personId } = await refusedFor('leave', aLeave(person.id));
    expect(personId).toMatchObject({ problem: 'no-longer', other: 'personId.endedOn' });
    const { id } = await somebody();
    const hasty = await save(
      'leave',
      aLeave(id, {
        appliedOn: '2025-05-08',
        decision: 'approved',
        approvedOn: '2025-05-08',
        approver: '祁连山',
        returnedOn: '2025-05-16',
      }),
    );
    expect(hasty.warnings).toMatchObject({
      appliedOn: { problem: 'late', until: '2025-05-07' },
      returnedOn: { problem: 'late', until: '2025-05-14' },
    });
  });
});

test('经常性跨市县活动: six months at most, one at a time, by the county', async () => {
  const { id } = await somebody();
  const base = {
    ...eventsOf(id).crossing,
    decision: 'approved',
    approvedOn: '2025-05-06',
    approver: '祁连山',
    validFrom: '2025-05-07',
  };
  const { validTo } = await refusedFor('crossing', { ...base, validTo: '2025-11-07' });
  expect(said('crossing', 'validTo', validTo)).toContain('第二十九条');
  const whole = await save('crossing', { ...base, validTo: '2025-11-06' });
  expect(await dueOf(whole)).toEqual(['crossing.expiry 2025-11-06']);
  expect(
    (await refusedFor('crossing', { ...base, validFrom: '2025-06-01', validTo: '2025-07-01' })).personId,
  ).toMatchObject({ problem: 'overlaps' });
  const here = await somebody(station);
  expect(
    (await refusedFor('crossing', { ...base, personId: here.id, validTo: '2025-11-06' }, station)).approvedOn,
  ).toMatchObject({ problem: 'of-level', level: 'county' });
});

test('执行地变更: the chain of five days, a step at a time', async () => {
  const { id } = await somebody();
  const applied = await save('relocation', { ...eventsOf(id).relocation, plannedOn: '2025-06-20' });
  expect(await dueOf(applied)).toEqual(['relocation.inquiry 2025-05-10']);
  const asked = await act(applied, 'inquire', { inquirySentOn: '2025-05-08', newOrgan: '玉门市司法局' });
  expect(asked.state).toBe('inquiring');
  expect(await dueOf(asked)).toEqual(['relocation.reply 2025-05-13']);
  const answered = await act(asked, 'reply', { repliedOn: '2025-05-12', reply: 'agreed' });
  const agreed = await act(answered, 'decide', {
    decision: 'approved',
    decidedOn: '2025-05-14',
    decisionNo: '金司矫变〔2025〕1号',
  });
  expect(agreed.state).toBe('agreed');
  expect(await dueOf(agreed)).toEqual(['relocation.files 2025-05-19']);
  const { version, record } = agreed;
  const told = await county.call('ledger.save', {
    ledger: 'relocation',
    id: agreed.id,
    baseVersion: version,
    record: { ...record, toldOn: '2025-05-15' },
  });
  expect(await dueOf(told)).toEqual(['relocation.files 2025-05-19', 'relocation.report 2025-05-22']);
  const sent = await act(told, 'send', { filesSentOn: '2025-05-16' });
  expect(await dueOf(sent)).toEqual(['relocation.receipt 2025-05-21', 'relocation.report 2025-05-22']);
  const done = await act(sent, 'arrive', { arrivedOn: '2025-05-20' });
  expect(done.state).toBe('done');
  const refused = await save('relocation', {
    ...eventsOf((await somebody()).id).relocation,
    decision: 'refused',
    decidedOn: '2025-05-14',
  });
  expect([refused.state, await dueOf(refused)]).toEqual(['refused', ['relocation.refusal 2025-05-19']]);
});

describe('电子定位', () => {
  const base = { approvedOn: '2025-03-20', approver: '祁连山', startsOn: '2025-03-21' };
  const extension = (until: string) => ({ until, approvedOn: '2025-06-18', approver: '祁连山' });

  test('three months, and three with each extension (社区矫正法 29)', async () => {
    const { id } = await somebody();
    const record = { ...eventsOf(id).positioning, proposedOn: '2025-03-20', ...base };
    const { endsOn } = await refusedFor('positioning', { ...record, endsOn: '2025-06-21' });
    expect(said('positioning', 'endsOn', endsOn)).toContain('社区矫正法第二十九条第二款');
    const first = await save('positioning', { ...record, endsOn: '2025-06-20' });
    expect(first.record.lastDay).toBe('2025-06-20');
    expect(await dueOf(first)).toEqual(['positioning.end 2025-06-20']);
    const change = (extensions: unknown[], version = first.version) => ({
      ledger: 'positioning',
      id: first.id,
      baseVersion: version,
      record: { ...first.record, extensions },
    });
    const long = await county.refused('ledger.save', change([extension('2025-09-21')]));
    expect(said('positioning', 'extensions.0.until', long.fields?.['extensions.0.until'])).toContain(
      '2025-09-20',
    );
    const backwards = await county.refused('ledger.save', change([extension('2025-06-20')]));
    expect(backwards.fields?.['extensions.0.until']).toEqual({ problem: 'not-after', day: '2025-06-20' });
    const second = await county.call(
      'ledger.save',
      change([extension('2025-09-20'), extension('2025-12-20')]),
    );
    expect(second.record.lastDay).toBe('2025-12-20');
    expect(await dueOf(second)).toEqual(['positioning.end 2025-12-20']);
    // Already in use
    expect(
      (
        await refusedFor('positioning', {
          ...record,
          startsOn: '2025-06-01',
          approvedOn: '2025-06-01',
          endsOn: '2025-06-20',
        })
      ).personId,
    ).toMatchObject({ problem: 'overlaps' });
    expect((await act(second, 'remove', { removedOn: '2025-06-25', removeReason: '情形消失' })).state).toBe(
      'removed',
    );
  });

  test('its head of the bureau approves, no station', async () => {
    const { id } = await somebody(station);
    const record = { ...eventsOf(id).positioning, proposedOn: '2025-03-20', ...base, endsOn: '2025-06-20' };
    expect(
      said('positioning', 'approvedOn', (await refusedFor('positioning', record, station)).approvedOn),
    ).toContain('县级司法行政部门负责人');
  });
});

test('everything stands after a start, and the check finds nothing', async () => {
  await county.restart();
  await county.signInAgain();
  expect(await county.call('system.verify', {})).toMatchObject({ ok: true, findings: [] });
});
