import path from 'node:path';
import { AxeBuilder } from '@axe-core/playwright';
import type { ElectronApplication, Page } from '@playwright/test';
import { root } from '#tools/workspace.ts';
import { expect } from './launch.ts';
import { picture } from './steps.ts';

// What holds of every screen: nothing for axe to object to, no button out of sight, nothing cut off or on top of
// something else, no English words.

const allowedLatin =
  /^(Ctrl|Alt|Shift|Insert|Delete|Word|PDF|CSV|MB|[A-Z]|Enter|admin|clerk|head|ledger-[\d-]+\.db|UTF|year|prefix|n|SF|GB|KB|F8|JPEG|PNG|WebP|BMP)$/;

/** Looks at what is on screen and keeps a picture of it. */
export async function look(app: ElectronApplication, page: Page, name: string): Promise<void> {
  const found = await new AxeBuilder({ page }).exclude('iframe').setLegacyMode().analyze();
  expect
    .soft(
      found.violations.map(({ id, nodes }) => [id, ...nodes.map((node) => node.html.slice(0, 160))]),
      name,
    )
    .toEqual([]);
  expect.soft(await outOfSight(page), `buttons out of sight: ${name}`).toEqual([]);
  expect.soft(await cutOff(page), `cut off: ${name}`).toEqual([]);
  expect.soft(await latinWords(page), `English words: ${name}`).toEqual([]);
  await picture(app, path.join(root, `test-results/screens/${name}.png`));
}

/** Buttons that stand beside the window and in nothing that scrolls. */
const outOfSight = (page: Page): Promise<string[]> =>
  page.evaluate(() => {
    const scrolls = (element: Element | null): boolean => {
      for (let up = element; up && up !== document.body; up = up.parentElement) {
        const style = getComputedStyle(up);
        if (/auto|scroll/.test(style.overflowY) && up.scrollHeight > up.clientHeight) return true;
      }
      // Before a ledger is open the page itself scrolls; the frame never does
      return element?.closest('.start') != null && document.documentElement.scrollHeight > innerHeight;
    };
    return [...document.querySelectorAll('button')]
      .filter((button) => button.offsetParent !== null && !button.className.includes('skip'))
      .filter((button) => {
        const { left, right, top, bottom } = button.getBoundingClientRect();
        const isOutside = left < -1 || right > innerWidth + 1 || top < -1 || bottom > innerHeight + 1;
        const isBeside = left < -1 || right > innerWidth + 1;
        return isBeside || (isOutside && !scrolls(button.parentElement));
      })
      .map((button) => button.textContent ?? '');
  });

/** Words of the program that do not fit where they stand; what a title tells in full may be shortened. */
const cutOff = (page: Page): Promise<string[]> =>
  page.evaluate(() =>
    [...document.querySelectorAll<HTMLElement>('button, label, h1, h2, h3, th, dt, legend, .quiet')]
      .filter((element) => element.offsetParent !== null && element.closest('[title]') === null)
      .filter((element) => !element.className.includes('skip'))
      .filter(({ scrollWidth, clientWidth }) => clientWidth > 0 && scrollWidth > clientWidth + 1)
      .map((element) => element.textContent ?? ''),
  );

const latinWords = async (page: Page): Promise<string[]> => {
  const text = await page.evaluate(() =>
    document.body.innerText.replaceAll(/\/\S+|[\da-f]{8}(-[\da-f]{4}){3}-[\da-f]{12}/g, ''),
  );
  return [...new Set(text.match(/[A-Za-z][\w.-]*/g) ?? [])].filter((word) => !allowedLatin.test(word));
};
