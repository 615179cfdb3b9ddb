import { afterEach, describe, expect, it } from 'vitest';
import { pinnedValues, pinsOf, renewPins, setPins, togglePin } from '#renderer/state/pins.ts';
import {
  contentAt,
  copyOf,
  filledUp,
  followed,
  isOnlyWaiting,
  laidOver,
  openedWith,
  titleOfDraft,
  valueAt,
  waitingDraft,
  withBeside,
  withoutBeside,
} from '#renderer/state/record-begin.ts';
import type { FormContent } from '#renderer/state/record-content.ts';
import { mediation } from '#shared/ledgers/mediation.ts';
import { finding } from '#shared/ledgers/screening.ts';
import { rememberedOf } from '#shared/ledgers/telling.ts';
import { stepFor } from '#shared/ledgers/workflow.ts';
import { copyText } from '#shared/text/entry.ts';
import { makeCreditCode, makeIdentityNumber } from '#tests/fixtures/identity-number.ts';

const aCase = {
  acceptedOn: '2025-03-01',
  caseNo: '（2025）东坝人调字第1号',
  kind: '02',
  source: 'application',
  summary: '王强国与李英争吵。',
  committeeId: 'c',
  place: '王强家门口',
  outcome: 'agreed',
  concludedOn: '2025-03-02',
  agreementText: '王强国向王强、李英道歉。',
  amountFen: 100,
  parties: [
    { side: 'applicant', type: 'natural', name: '王强', idNumber: '1' },
    { side: 'respondent', type: 'natural', name: '王强国' },
    { side: 'respondent', type: 'legal', name: '李英' },
  ],
  waivers: [{ field: 'performBy', reason: '即时履行' }],
};

describe('a copy for a like case', () => {
  const { content: copy, blanked } = copyOf(mediation, aCase);

  it('takes what the description lets it take, and nobody’s facts, number, dates or result', () => {
    expect(Object.keys(copy).sort()).toEqual(
      ['agreementText', 'committeeId', 'kind', 'parties', 'source'].sort(),
    );
    expect(copy.parties).toEqual([
      { side: 'applicant', type: 'natural' },
      { side: 'respondent', type: 'natural' },
      { side: 'respondent', type: 'legal' },
    ]);
  });

  it('leaves blanks for names, the longer one whole', () => {
    expect(copy.agreementText).toBe('＿＿向＿＿、＿＿道歉。');
    expect(blanked).toEqual({ agreementText: ['name'] });
    expect(JSON.stringify(copy)).not.toMatch(/王强|李英/);
  });

  it('fills only what is empty', () => {
    const filled = filledUp({ kind: '03', source: ' ' }, copy as never);
    expect(filled).toMatchObject({ kind: '03', source: 'application' });
    expect(filled).not.toHaveProperty('parties');
  });
});

describe('what a copied text tells of persons', () => {
  const number = makeIdentityNumber('1968-05-12', 24);
  const party = {
    side: 'applicant',
    type: 'natural',
    name: '欧阳秀兰',
    formerName: '欧阳小兰',
    idNumber: number,
    birthOn: '1968-05-12',
    phone: '0517-8331234',
    address: '东坝镇柳树村三组',
    agentName: '司徒文',
    agentIdNumber: makeIdentityNumber('1970-01-01', 3),
    agentPhone: '13900000000',
  };
  const firm = {
    side: 'respondent',
    type: 'legal',
    name: '东坝砖厂',
    creditCode: makeCreditCode(1),
    legalRepresentative: '赵德柱',
  };
  const copied = (agreementText: string, more: FormContent = {}) =>
    copyOf(mediation, { ...aCase, ...more, agreementText, parties: [party, firm] });

  it('gives way whole: agents, representatives, former names, numbers, telephones, homes, birthdays', () => {
    const { content, blanked } = copied(
      `东坝砖厂（${makeCreditCode(1)}）的法定代表人赵德柱付给欧阳秀兰的代理人司徒文3000元，于2025年6月1日前付清。` +
        `欧阳秀兰曾用名欧阳小兰，1968年5月12日生，身份证${number}，住东坝镇柳树村三组，电话0517-8331234。`,
    );
    expect(content.agreementText).toBe(
      '＿＿（＿＿）的法定代表人＿＿付给＿＿的代理人＿＿3000元，于2025年6月1日前付清。' +
        '＿＿曾用名＿＿，＿＿生，身份证＿＿，住＿＿，电话＿＿。',
    );
    expect(blanked).toEqual({ agreementText: ['name', 'number', 'address', 'birthday'] });
    expect(copyText.copied(blanked.agreementText ?? [])).toContain(
      '其姓名（名称）、证件、电话、账户等号码、住址、出生日期已换成“＿＿”',
    );
  });

  it('and numbers that stand in no field: accounts, telephones, identity numbers, in groups too', () => {
    const kept = '自2025-03-01 2025-04-01，共12345678元，案号（2025）东坝人调字第1号';
    for (const said of [
      '6217 0012 3456 7890 123',
      '138-0000-0000',
      '９９９９９９１９６８０５１２０２４５',
      `${number}`,
    ])
      expect(copied(`${kept}，${said}。`).content.agreementText, said).toBe(`${kept}，＿＿。`);
    expect(copied(`${kept}。`)).toMatchObject({ content: { agreementText: `${kept}。` }, blanked: {} });
    expect(copyText.copied([])).not.toContain('＿');
  });

  it('nor does a place go along: it is where this case was', () => {
    const places = { place: '柳树村村口', mediationPlace: '司徒文家' };
    const { content } = copied('双方和好。', places);
    expect(content).not.toHaveProperty('place');
    expect(content).not.toHaveProperty('mediationPlace');
    const remembered = (mediationPlace: string) =>
      rememberedOf(mediation, { mediationPlace, registrar: '登记人', parties: [party] } as never);
    expect(remembered('司徒文家')).toEqual({ registrar: '登记人' });
    expect(remembered('村委会')).toEqual({ registrar: '登记人', mediationPlace: '村委会' });
  });
});

describe('a field that follows another', () => {
  const oral = { agreementForm: 'oral', concludedOn: '2025-03-01' };
  const change = (before: object, after: object) =>
    followed(mediation, before as never, after as never).effectiveOn ?? null;

  it('is filled, goes with it, and is left alone once it is the clerk’s', () => {
    expect(change({}, oral)).toBe('2025-03-01');
    const filled = { ...oral, effectiveOn: '2025-03-01' };
    expect(change(filled, { ...filled, concludedOn: '2025-03-05' })).toBe('2025-03-05');
    const own = { ...oral, effectiveOn: '2025-02-28' };
    expect(change(own, { ...own, concludedOn: '2025-03-05' })).toBe('2025-02-28');
    expect(change(filled, { ...filled, effectiveOn: null })).toBeNull();
  });

  it('is not filled of a written agreement: that takes effect with the last signature', () => {
    expect(change({}, { ...oral, agreementForm: 'written' })).toBeNull();
  });
});

describe('a case opened from a finding', () => {
  const opens = stepFor(finding.workflow, 'open', 'toCase')?.opens;

  it('begins with what the finding knows, each person a party', () => {
    if (!opens) throw new Error('the step opens nothing');
    const from = { kind: '07', place: '四号地', summary: 's', persons: '王建国、李秀英，赵六' };
    expect(openedWith(opens, mediation, from)).toEqual({
      source: 'initiative',
      kind: '07',
      place: '四号地',
      summary: 's',
      parties: [
        { side: 'applicant', type: 'natural', name: '王建国' },
        { side: 'respondent', type: 'natural', name: '李秀英' },
        { side: 'respondent', type: 'natural', name: '赵六' },
      ],
    });
    expect(openedWith(opens, mediation, {})).toEqual({ source: 'initiative' });
  });

  it('carries fields that both registers have, of the same kind and list', () => {
    for (const [field, source] of Object.entries(opens?.carries ?? {})) {
      const [to, from] = [mediation.fields[field as 'kind'], finding.fields[source as 'kind']];
      expect([to?.kind, to?.codes], field).toEqual([from?.kind, from?.codes]);
    }
    expect(mediation.children).toHaveProperty(opens?.names?.child ?? '');
    expect(Object.keys(mediation.fields)).toEqual(expect.arrayContaining(Object.keys(opens?.begins ?? {})));
  });

  it('says in its draft where it comes from', () => {
    const origin = { id: 'i', action: 'toCase', title: '地埂“纠纷”' };
    const none = { origin: null, waiting: {}, taken: {} };
    const content = withBeside({ kind: '07' }, { origin, waiting: {}, taken: {} });
    const draft = { id: 'd', ledger: 'mediation', recordId: null, baseVersion: null, content, updatedAt: '' };
    expect(withoutBeside(draft)).toEqual({ content: { kind: '07' }, origin, waiting: {}, taken: {} });
    expect(withoutBeside({ ...draft, content: { kind: '07' } })).toEqual({
      content: { kind: '07' },
      ...none,
    });
    expect(withoutBeside(null)).toEqual({ content: {}, ...none });
  });

  it('says in its draft what waits', () => {
    const waiting = { agreementText: '＿＿赔付一千元。' };
    const beside = { origin: null, waiting, taken: {} };
    const draft = (content: FormContent, recordId: string | null = 'r') => ({
      id: 'd',
      ledger: 'mediation',
      recordId,
      baseVersion: null,
      updatedAt: '',
      content: withBeside(content, beside),
    });
    expect(withoutBeside(draft({ kind: '07' }))).toEqual({ content: { kind: '07' }, ...beside });
    expect(isOnlyWaiting(draft({ kind: '07' }))).toBe(false);
    const alone = draft(waitingDraft('柳春禾、边小舟'));
    expect([isOnlyWaiting(alone), titleOfDraft(alone)]).toEqual([true, '柳春禾、边小舟']);
    expect(withoutBeside(alone)).toEqual({ content: {}, ...beside });
    expect(isOnlyWaiting(draft({}, null))).toBe(false);
  });
});

describe('kept fields', () => {
  afterEach(() => setPins('a', 'mediation', {}));

  it('are kept with the value of the last save, apart for each account, until they are let go', () => {
    togglePin('a', 'mediation', 'kind', { kind: '02' });
    togglePin('a', 'mediation', 'parties.1.name', { parties: [{}, { name: '某公司' }] });
    togglePin('a', 'mediation', 'place', {});
    expect(pinsOf('b', 'mediation')).toEqual({});
    expect(pinnedValues(pinsOf('a', 'mediation'))).toEqual({ kind: '02', 'parties.1.name': '某公司' });
    renewPins('a', 'mediation', { kind: '03', place: '村口', parties: [{ name: 'x' }] });
    expect(pinsOf('a', 'mediation')).toEqual({ kind: '03', 'parties.1.name': null, place: '村口' });
    togglePin('a', 'mediation', 'kind', {});
    expect(pinsOf('a', 'mediation')).not.toHaveProperty('kind');
  });

  it('lie over what a new record begins with, each row in its place', () => {
    const base = { acceptedOn: '2025-06-01', parties: [{ side: 'applicant' }, { side: 'respondent' }] };
    const pinned = contentAt({ kind: '02', 'parties.1.name': '某公司', 'parties.2.name': '乙' });
    expect(laidOver(base, pinned)).toEqual({
      acceptedOn: '2025-06-01',
      kind: '02',
      parties: [{ side: 'applicant' }, { side: 'respondent', name: '某公司' }, { name: '乙' }],
    });
    expect(valueAt(base, 'parties')).toBeNull();
    expect(valueAt(base, 'parties.1.side')).toBe('respondent');
  });
});
