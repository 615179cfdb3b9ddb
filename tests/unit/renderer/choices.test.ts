import { describe, expect, it } from 'vitest';
import { fitting, meant, type Option } from '#renderer/components/Combobox.tsx';

const options: Option[] = [
  { value: '01', label: '婚姻家庭纠纷', note: '01', search: 'hyjtjf hunyinjiatingjiufen' },
  { value: '02', label: '邻里纠纷', note: '02', search: 'lljf linlijiufen' },
  { value: '10', label: '劳动争议纠纷', note: '10', search: 'ldzyjf laodongzhengyijiufen' },
  { value: 'studio', label: '个人调解工作室', note: '4', search: 'grtjgzs gerentiaojiegongzuoshi' },
];
const values = (text: string) => fitting(options, text).map(({ value }) => value);

describe('choosing by typing', () => {
  it('takes numbers with and without leading zeros, words, and pinyin', () => {
    expect(values('2')[0]).toBe('02');
    expect(values('02')).toEqual(['02']);
    expect(values('4')).toEqual(['studio']);
    expect(values('劳动')).toEqual(['10']);
    expect(values('ll')).toEqual(['02']);
    expect(values('HYJT')).toEqual(['01']);
    expect(values('gongzuoshi')).toEqual(['studio']);
    expect(values('２')[0]).toBe('02');
    expect(values('ｌｌ')).toEqual(['02']);
    expect(meant(options, '０２')?.value).toBe('02');
    expect(values('船')).toEqual([]);
    expect(values(' ')).toHaveLength(4);
  });

  it('takes Latin letters of a name whatever their case', () => {
    const ways: Option[] = [
      { value: 'a', label: '保存为 Word' },
      { value: 'b', label: '另存为 PDF' },
    ];
    for (const text of ['另存为 PDF', '另存为 pdf', 'PDF', 'pdf'])
      expect(
        fitting(ways, text).map(({ value }) => value),
        text,
      ).toEqual(['b']);
    expect(meant(ways, '保存为 WORD')?.value).toBe('a');
  });

  it('puts what is meant exactly before what only contains it', () => {
    expect(values('1')).toEqual(['01', '10']);
  });

  it('takes a typed text on leaving only where one option can be meant', () => {
    expect(meant(options, '1')?.value).toBe('01');
    expect(meant(options, '邻里纠纷')?.value).toBe('02');
    expect(meant(options, '纠纷')).toBeUndefined();
    expect(meant(fitting(options, '劳动'), '劳动')?.value).toBe('10');
    expect(meant([], '船')).toBeUndefined();
  });
});
