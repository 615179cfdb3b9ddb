import { expect, test } from 'vitest';
import type { Kind } from '#shared/kinds/kind.ts';
import { count, flag, money } from '#shared/kinds/number.ts';

const read = (kind: Kind<never>, typed: string) => {
  const answer = kind.fromText(typed, { kind: kind.name, label: '' });
  return answer.ok ? answer.value : answer.problem;
};
const of = (kind: unknown) => (typed: string) => read(kind as Kind<never>, typed);

test('a number is read in every width, with what is counted and with its thousands', () => {
  const number = of(count);
  for (const typed of ['12', '１２', ' 12 ', '12人', '１２ 件', '0012'])
    expect(number(typed), typed).toBe(12);
  for (const typed of ['1200', '1,200', '1，200', '１，２００人']) expect(number(typed), typed).toBe(1200);
  for (const typed of ['1,2', '12,00', '1、200', '人', '12人人', '1.5', '-3', '十二', '12345678901'])
    expect(number(typed), typed).toEqual({ problem: 'not-a-number', text: typed });
  expect(of(money)('１２，０００．５')).toBe(1_200_050);
});

test('yes and no are read by their words and numbers; anything else is neither', () => {
  const said = of(flag);
  for (const typed of ['是', '1', '１', 'Y', 'ｙ', '有']) expect(said(typed), typed).toBe(true);
  for (const typed of ['否', '0', '０', 'N', '无', '没有']) expect(said(typed), typed).toBe(false);
  for (const typed of ['涉及', '2', '不清楚', '是否'])
    expect(said(typed), typed).toEqual({ problem: 'not-yes-or-no', text: typed });
});
