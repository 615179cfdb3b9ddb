import { expect, it } from 'vitest';
import { namesIn } from '#shared/domain/name-list.ts';

it('takes a person a line, several on a line, and the first name of a line of a table', () => {
  expect(namesIn('欧阳建国\n  司马相如 \n\n诸葛孔明')).toEqual(['欧阳建国', '司马相如', '诸葛孔明']);
  expect(namesIn('欧阳建国、司马相如，诸葛孔明；上官婉儿')).toHaveLength(4);
  expect(namesIn('序号\t姓名\t电话\n1\t欧阳建国\t13800000000\n2\t司马相如\t金塔镇红光村')).toEqual([
    '欧阳建国',
    '司马相如',
  ]);
  expect(namesIn('欧阳建国，999999199001010016，金塔镇')).toEqual(['欧阳建国']);
});

it('keeps two of the same name, names of other scripts and of firms, and joins what was spaced out', () => {
  expect(namesIn('李 四\n李四')).toEqual(['李四', '李四']);
  expect(namesIn('阿依古丽·买买提\nAli Khan\n金塔县某某劳务有限公司')).toEqual([
    '阿依古丽·买买提',
    'Ali Khan',
    '金塔县某某劳务有限公司',
  ]);
  expect(namesIn('12345\n——\n')).toEqual([]);
});
