import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { expect, it } from 'vitest';
import { areaWordOf, organsOf } from '#shared/text/report-fields.ts';
import { account, password, startProgram } from '#tests/faults/programs.ts';

it.each([
  ['金塔县', '县'],
  ['阿克塞哈萨克族自治县', '县'],
  ['朝阳区', '区'],
  ['酒泉市', '市'],
  ['甘南藏族自治州', '州'],
  ['宁夏回族自治区', '自治区'],
  ['鄂伦春自治旗', '旗'],
  ['锡林郭勒盟', '盟'],
  ['大兴安岭地区', '地区'],
  ['甘肃省', '省'],
  ['航天镇', '镇'],
  ['东关街道', '街道'],
  ['东关街道办事处', '街道'],
  ['某农场', undefined],
])('%s is called %s', (name, word) => {
  expect(areaWordOf(name)).toBe(word);
});

it('goes to the committee and the government of the area, of a 街道 to its own organs', () => {
  expect(organsOf('金塔县')).toBe('中共金塔县委员会、金塔县人民政府');
  expect(organsOf('东关街道办事处')).toBe('中共东关街道工作委员会、东关街道办事处');
});

it.each([
  ['county', '110105', '北京市'],
  ['county', '500229', '重庆市'],
  ['county', '429004', '湖北省'],
  ['county', '620921', '酒泉市'],
  ['station', '110105001', '朝阳区'],
  ['city', '6209', '甘肃省'],
] as const)('a %s of %s follows the requirements of %s', async (level, unitCode, higher) => {
  const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'ledger-report-area-'));
  const program = startProgram(folder);
  try {
    await program.must('setup.create', { level, unitCode, unitName: '某司法局', account, password });
    await program.signIn();
    const { html } = await program.must('report.preview', { year: 2024 });
    expect(html).toContain(`${higher}的部署要求`);
  } finally {
    await program.close();
    fs.rmSync(folder, { recursive: true });
  }
});
