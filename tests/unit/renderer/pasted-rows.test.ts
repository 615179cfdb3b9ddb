import { expect, test } from 'vitest';
import { codesFrom } from '#renderer/state/codes.ts';
import { type PastedInto, rowsFromPasted, withPasted } from '#renderer/state/pasted-rows.ts';
import nation from '#seeds/codes/nation.json' with { type: 'json' };
import partySide from '#seeds/codes/party-side.json' with { type: 'json' };
import partyType from '#seeds/codes/party-type.json' with { type: 'json' };
import sex from '#seeds/codes/sex.json' with { type: 'json' };
import type { CodeList } from '#shared/domain/code-list.ts';
import { asDay } from '#shared/domain/day.ts';
import { mediation } from '#shared/ledgers/mediation.ts';
import { personSpecOf } from '#shared/ledgers/persons.ts';
import { makeIdentityNumber } from '#tests/fixtures/identity-number.ts';

const child = mediation.children.parties;
const person = personSpecOf(mediation, 'parties');
if (!person) throw new Error('parties are persons');
const into: PastedInto = {
  child,
  person,
  codes: codesFrom([partySide, partyType, sex, nation] as unknown as CodeList[]),
  today: asDay('2025-06-01'),
};
const read = (text: string) => rowsFromPasted(text, into);
const [one, two] = [makeIdentityNumber('1968-05-12', 24), makeIdentityNumber('1970-05-12', 25)];

test('a table with its heading: number, telephone and address go where they belong', () => {
  const table = `序号\t姓名\t身份证号\t联系电话\t住址\n1\t欧阳秀兰\t${one}\t16401230024\t东坝镇渠东村 二组11号\n2\t马占山\t'${two}\t\t渠东村\n`;
  expect(read(table)).toEqual([
    { name: '欧阳秀兰', idNumber: one, phone: '16401230024', address: '东坝镇渠东村 二组11号' },
    { name: '马占山', idNumber: two, address: '渠东村' },
  ]);
});

test('lines of a message: labels and commas around, a name in two halves, sides named', () => {
  expect(
    read(
      `申请人：欧阳秀兰，女，汉族，身份证号：${one}，电话：16401230024，住址：渠东村二组\n被申请人 马 占山`,
    ),
  ).toEqual([
    {
      name: '欧阳秀兰',
      sex: '2',
      nation: '01',
      idNumber: one,
      phone: '16401230024',
      address: '渠东村二组',
    },
    { side: 'respondent', name: '马', address: '占山' },
  ]);
  expect(read(`张 三 ${two}`)).toEqual([{ name: '张三', idNumber: two }]);
  expect(read(`满军 0937-4421234`)).toEqual([{ name: '满军', phone: '0937-4421234' }]);
});

test('names alone, a line each; one name alone is no table', () => {
  expect(read('欧阳秀兰\n马占山\n\n')).toEqual([{ name: '欧阳秀兰' }, { name: '马占山' }]);
  for (const text of ['马占山', ' 马 占 山 ', '阿卜杜拉 买买提', '马占山\n', ''])
    expect(read(text), text).toBeNull();
  expect(read('王五\n'.repeat(200))).toHaveLength(200);
});

test('a wrong number stays where it is checked, an organisation is one', () => {
  const wrong = `${one.slice(0, 17)}${one.endsWith('1') ? '2' : '1'}`;
  expect(read(`马占山\t${wrong}`)).toEqual([{ name: '马占山', idNumber: wrong }]);
  expect(read('马占山\t9.99999E+17')).toEqual([{ name: '马占山', idNumber: '9.99999E+17' }]);
  expect(read('东坝镇某合作社\t91350100M000100Y43\t马占山')).toEqual([
    { name: '东坝镇某合作社', creditCode: '91350100M000100Y43', type: 'legal', address: '马占山' },
  ]);
});

test('the first fills what is empty where it is pasted, the others follow it on its side', () => {
  const rows = [
    { side: 'applicant', type: 'natural', phone: '16401239999' },
    { side: 'respondent', type: 'natural' },
  ];
  const pasted = read(`欧阳秀兰\t${one}\t16401230024\n马占山\t${two}`) ?? [];
  expect(withPasted(rows, 0, pasted, into)).toEqual([
    {
      side: 'applicant',
      type: 'natural',
      name: '欧阳秀兰',
      idNumber: one,
      phone: '16401239999',
      sex: expect.any(String),
      birthOn: '1968-05-12',
    },
    {
      side: 'applicant',
      type: 'natural',
      name: '马占山',
      idNumber: two,
      sex: expect.any(String),
      birthOn: '1970-05-12',
    },
    { side: 'respondent', type: 'natural' },
  ]);
});
