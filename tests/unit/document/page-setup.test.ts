import { expect, test } from 'vitest';
import { officialPage } from '#core/documents/templates.ts';
import {
  characterPitch,
  characterSpacing,
  linePitch,
  signatureInsets,
  textBlock,
  twips,
} from '#shared/document/page-setup.ts';

const page = officialPage();

test('the text block of GB/T 9704 is 156 by 225 mm and holds 22 lines of 28 characters, not one twip more', () => {
  expect(textBlock(page)).toEqual({ width: 156, height: 225 });
  expect(22 * linePitch(page)).toBeLessThanOrEqual(twips(297) - twips(37) - twips(35));
  expect(23 * linePitch(page)).toBeGreaterThan(twips(225));
  const advance = page.typefaces.body.points * 20 + characterSpacing(page);
  expect(28 * advance).toBeLessThanOrEqual(twips(156));
  expect(29 * advance).toBeGreaterThan(twips(156));
  expect(characterPitch(page)).toBeCloseTo(15.793, 3);
});

test('signature and date, with a seal: the date four characters in, the organ centred over it', () => {
  // 2024年2月28日 is 6.5 characters wide, the organ 7.
  expect(signatureInsets('某某县人民政府', '2024年2月28日', true)).toEqual({ unit: 3.75, date: 4 });
  const long = '某'.repeat(30);
  expect(signatureInsets(long, '2024年2月28日', true)).toEqual({ unit: 0, date: 11.75 });
});

test('signature and date, without a seal: the date begins two characters right of the organ', () => {
  const { unit, date } = signatureInsets('某某县人民政府办公室', '2024年2月28日', false);
  expect(unit).toBe(2);
  const organStart = unit + 10;
  const dateStart = date + 6.5;
  expect(organStart - dateStart).toBe(2);
  const short = signatureInsets('县司法局', '2024年12月28日', false);
  expect(short.date).toBe(2);
  expect(short.unit + 4 - (short.date + 7)).toBe(2);
});
