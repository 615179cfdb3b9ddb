// What cannot be, or what a law forbids, of what happens to a person under correction: refused, or kept and said, each with a
// sentence that names the article.
import { afterAll, beforeAll, expect, test } from 'vitest';
import { aLeave, eventsOf } from '#tests/fixtures/correction.ts';
import { type BadInput, saidOf, workAt } from '#tests/fixtures/correction-work.ts';
import { aProgram, type Program } from '#tests/fixtures/program.ts';

let county: Program;
let station: Program;
/** Somebody in correction, at the county and at a station of its own. */
let id = '';
let here = '';
/** Somebody whose correction has ended on 1 June. */
let ended = '';
const { somebody, save, act } = workAt(() => county);
beforeAll(async () => {
  county = await aProgram({ isCounty: true });
  station = await aProgram();
  id = (await somebody()).id;
  here = (await somebody(station)).id;
  const person = await somebody();
  ended = (await act(person, 'release', { endKind: 'pardoned', endedOn: '2025-06-01' })).id;
  await save('leave', aLeave(id));
  const approved = { decision: 'approved', approvedOn: '2025-05-06', approver: '祁连山' };
  await save('crossing', {
    ...eventsOf(id).crossing,
    ...approved,
    validFrom: '2025-05-07',
    validTo: '2025-06-06',
  });
  await save('positioning', {
    ...{ ...eventsOf(id).positioning, approvedOn: '2025-05-21', approver: '祁连山' },
    ...{ startsOn: '2025-05-22', endsOn: '2025-08-21' },
  });
  await save('absence', eventsOf(id).absence ?? {});
});
afterAll(async () => {
  await county.close();
  await station.close();
});

const of =
  (ledger: string, more: Record<string, unknown>, person = () => id) =>
  () => ({
    ...eventsOf(person())[ledger],
    ...more,
  });
const decided = { decidedOn: '2025-06-02', proposedOn: '2025-06-02' };

const refused: BadInput[] = [
  // Days out of order
  [
    'an end of leave before its start',
    'leave',
    of('leave', { leaveTo: '2025-05-09' }),
    'leaveTo',
    /不能早于外出起/,
  ],
  [
    'a reply before the question',
    'relocation',
    of('relocation', { inquirySentOn: '2025-05-08', repliedOn: '2025-05-07', reply: 'agreed' }),
    'repliedOn',
    /不能早于征求意见函/,
  ],
  [
    'positioning that ends before it starts',
    'positioning',
    of('positioning', { approvedOn: '2025-06-01', startsOn: '2025-06-02', endsOn: '2025-06-01' }),
    'endsOn',
    /不能早于/,
  ],
  [
    'found before he was away',
    'absence',
    of('absence', { foundOn: '2025-05-31' }),
    'foundOn',
    /不能早于脱离监管/,
  ],
  // Longer than the law allows
  [
    'a permit over six months',
    'crossing',
    of('crossing', {
      decision: 'approved',
      approvedOn: '2025-06-10',
      approver: '祁',
      validFrom: '2025-06-11',
      validTo: '2025-12-11',
    }),
    'validTo',
    /实施办法第二十九条/,
  ],
  [
    'positioning over three months',
    'positioning',
    of(
      'positioning',
      { approvedOn: '2025-03-20', startsOn: '2025-03-21', endsOn: '2025-06-21' },
      () => ended,
    ),
    'endsOn',
    /社区矫正法第二十九条第二款/,
  ],
  // One thing at a time
  [
    'a leave beside another',
    'leave',
    of('leave', { leaveFrom: '2025-05-13', leaveTo: '2025-05-20' }),
    'personId',
    /重叠.*实施办法第二十八条/,
  ],
  [
    'a permit beside another',
    'crossing',
    of('crossing', {
      decision: 'approved',
      approvedOn: '2025-05-10',
      approver: '祁',
      validFrom: '2025-05-20',
      validTo: '2025-06-20',
    }),
    'personId',
    /实施办法第二十九条/,
  ],
  [
    'positioning beside another',
    'positioning',
    of('positioning', {
      proposedOn: '2025-06-02',
      approvedOn: '2025-06-02',
      startsOn: '2025-06-03',
      endsOn: '2025-06-20',
    }),
    'personId',
    /社区矫正法第二十九条第二款/,
  ],
  [
    'away while away',
    'absence',
    of('absence', { absentFrom: '2025-06-05', foundOn: '2025-06-06' }),
    'personId',
    /恢复监管/,
  ],
  // Before registration, after the end
  [
    'a leave before registration',
    'leave',
    of('leave', { appliedOn: '2025-03-01', leaveFrom: '2025-03-03', leaveTo: '2025-03-04' }),
    'leaveFrom',
    /不能早于.*接收登记日期/,
  ],
  [
    'a report before registration',
    'contact',
    of('contact', { happenedOn: '2025-03-04' }),
    'happenedOn',
    /不能早于.*接收登记日期/,
  ],
  [
    'a leave after the end',
    'leave',
    of('leave', { appliedOn: '2025-06-02', leaveFrom: '2025-06-02', leaveTo: '2025-06-03' }, () => ended),
    'personId',
    /矫正已经结束/,
  ],
  [
    'a permit after the end',
    'crossing',
    of('crossing', { appliedOn: '2025-06-02' }, () => ended),
    'personId',
    /矫正已经结束/,
  ],
  [
    'a change of place after the end',
    'relocation',
    of('relocation', { appliedOn: '2025-06-02' }, () => ended),
    'personId',
    /矫正已经结束/,
  ],
  // By a unit that may not
  [
    'eight days of leave by a station',
    'leave',
    of(
      'leave',
      { leaveTo: '2025-05-17', decision: 'approved', approvedOn: '2025-05-06', approver: '祁' },
      () => here,
    ),
    'approvedOn',
    /县级社区矫正机构批准（社区矫正法实施办法第二十七条）/,
    'station',
  ],
  [
    'thirty-one days of leave by the county',
    'leave',
    of('leave', {
      leaveFrom: '2025-05-20',
      leaveTo: '2025-06-19',
      decision: 'approved',
      approvedOn: '2025-05-16',
      approver: '祁',
    }),
    'approvedOn',
    /由上一级社区矫正机构批准（社区矫正法实施办法第二十七条）/,
  ],
  [
    'a permit by a station',
    'crossing',
    of(
      'crossing',
      {
        decision: 'approved',
        approvedOn: '2025-05-06',
        approver: '祁',
        validFrom: '2025-05-07',
        validTo: '2025-06-06',
      },
      () => here,
    ),
    'approvedOn',
    /实施办法第二十九条/,
    'station',
  ],
  [
    'a change of place by a station',
    'relocation',
    of('relocation', { decision: 'refused', decidedOn: '2025-05-14' }, () => here),
    'decidedOn',
    /实施办法第三十条/,
    'station',
  ],
  [
    'positioning by a station',
    'positioning',
    of('positioning', { approvedOn: '2025-05-21', startsOn: '2025-05-22', endsOn: '2025-08-21' }, () => here),
    'approvedOn',
    /社区矫正法第二十九条/,
    'station',
  ],
  ...['praise', 'admonition', 'warning', 'security', 'revokeProbation', 'arrest', 'reduction'].map(
    (kind): BadInput => [
      `${kind} by a station`,
      'measure',
      of('measure', { kind, ...decided, organ: '金塔县人民法院' }, () => here),
      'decidedOn',
      /社区矫正法第二十八条/,
      'station',
    ],
  ),
  // Not for this category
  ['收监 of 缓刑', 'measure', of('measure', { kind: 'imprison', ...decided }), 'kind', /互相矛盾/],
  ['撤销假释 of 缓刑', 'measure', of('measure', { kind: 'revokeParole', ...decided }), 'kind', /互相矛盾/],
];

test.each(refused)('%s is refused', async (_what, ledger, record, field, said, where) => {
  const place = where === 'station' ? station : county;
  const failure = await place.refused('ledger.save', { ledger, record: record() });
  expect(failure.code).toBe('record-invalid');
  expect(saidOf(ledger, failure.fields ?? {}, field)).toMatch(said);
});

const warned: BadInput[] = [
  [
    'asked for late',
    'leave',
    of('leave', { appliedOn: '2025-05-19', leaveFrom: '2025-05-20', leaveTo: '2025-05-21' }),
    'appliedOn',
    /实施办法第二十六条/,
  ],
  [
    'back late',
    'leave',
    of('leave', {
      appliedOn: '2025-05-25',
      leaveFrom: '2025-05-29',
      leaveTo: '2025-05-30',
      decision: 'approved',
      approvedOn: '2025-05-26',
      approver: '祁',
      returnedOn: '2025-05-31',
    }),
    'returnedOn',
    /实施办法第二十八条/,
  ],
  [
    'the level above is needed',
    'leave',
    of('leave', { appliedOn: '2025-06-01', leaveFrom: '2025-06-05', leaveTo: '2025-07-10' }),
    'neededLevel',
    /第二十七条.*市级/,
  ],
  [
    'a change of place asked for late',
    'relocation',
    of('relocation', { plannedOn: '2025-05-20' }),
    'appliedOn',
    /实施办法第三十条/,
  ],
  [
    'praise before six months',
    'measure',
    of('measure', { kind: 'praise', ...decided }),
    'decidedOn',
    /实施办法第三十三条/,
  ],
  [
    'a warning decided after the end',
    'measure',
    of('measure', { kind: 'warning', ...decided }, () => ended),
    'personId',
    /确在矫正结束以后的不用改/,
  ],
];

test.each(warned)('%s is kept and said', async (_what, ledger, record, field, said) => {
  const saved = await save(ledger, record());
  expect(saidOf(ledger, saved.warnings, field)).toMatch(said);
});
