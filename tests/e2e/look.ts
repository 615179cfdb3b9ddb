import path from 'node:path';
import { AxeBuilder } from '@axe-core/playwright';
import type { ElectronApplication, Page } from '@playwright/test';
import { root } from '#tools/workspace.ts';
import { expect } from './launch.ts';
import { picture } from './steps.ts';

// What holds of every screen: nothing for axe to object to, the page as wide as the window, no button out of sight or
// without anything behind it, nothing cut off, no English words, in what is read as in what is read out.

const allowedLatin =
  /^(Ctrl|Alt|Shift|Insert|Delete|Word|PDF|CSV|MB|[A-Z]|Enter|admin|clerk|head|auditor|ledger-?([\d-]+\.db)?|db|UTF|SF|GB|KB|F\d|Esc|JPEG|PNG|WebP|BMP|Windows)$/;

/** Looks at what is on screen and keeps a picture of it. */
export async function look(app: ElectronApplication, page: Page, name: string): Promise<void> {
  const found = await new AxeBuilder({ page }).exclude('iframe').setLegacyMode().analyze();
  expect
    .soft(
      found.violations.map(({ id, nodes }) => [id, ...nodes.map((node) => node.html.slice(0, 160))]),
      name,
    )
    .toEqual([]);
  expect.soft(await beside(page), `wider than the window: ${name}`).toEqual([]);
  expect.soft(await deadButtons(page), `buttons that do nothing: ${name}`).toEqual([]);
  expect.soft(await outOfSight(page), `buttons out of sight: ${name}`).toEqual([]);
  expect.soft(await cutOff(page), `cut off: ${name}`).toEqual([]);
  expect.soft(await latinWords(page), `English words: ${name}`).toEqual([]);
  await picture(app, path.join(root, `test-results/screens/${name}.png`));
}

/** What makes the page itself, or the part beside the navigation, scroll sideways. */
const beside = (page: Page): Promise<string[]> =>
  page.evaluate(() =>
    [
      document.documentElement,
      document.body,
      ...document.querySelectorAll('.frame-main, .frame-top, .screen, .scroll'),
    ]
      .filter((element) => element.scrollWidth > element.clientWidth + 1 && element.clientWidth > 0)
      .map(
        (element) =>
          `${element.tagName} ${element.className}: ${element.scrollWidth} > ${element.clientWidth}`,
      ),
  );

/**
 * Buttons that can be pressed and have nothing behind them. A library's button always listens for itself: there what
 * the screen gave it counts, which stands with the components between it and the next element.
 */
const deadButtons = (page: Page): Promise<string[]> =>
  page.evaluate(() => {
    type Fiber = { type: unknown; memoizedProps: Record<string, unknown> | null; return: Fiber | null };
    const listens = (props: Record<string, unknown> | null) =>
      ['onClick', 'onMouseDown', 'onPointerDown'].some((name) => typeof props?.[name] === 'function');
    return [...document.querySelectorAll('button')]
      .filter((button) => !button.disabled && button.offsetParent !== null)
      .filter((button) => {
        if (button.type === 'submit' && button.form) return false;
        const key = Object.keys(button).find((name) => name.startsWith('__reactFiber$'));
        const fiber = key ? (button as unknown as Record<string, Fiber>)[key] : undefined;
        if (!fiber) return true;
        if (!button.classList.contains('ant-btn')) return !listens(fiber.memoizedProps);
        for (let up = fiber.return; up && typeof up.type !== 'string'; up = up.return)
          if (listens(up.memoizedProps)) return false;
        return true;
      })
      .map((button) => button.textContent || button.getAttribute('aria-label') || button.outerHTML);
  });

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
    // A list with a bar of its own below it: its last columns come into sight with the focus
    const isInWideList = (button: Element) => {
      const list = button.closest('.grid');
      return list !== null && list.scrollWidth > list.clientWidth;
    };
    return [...document.querySelectorAll('button')]
      .filter((button) => button.offsetParent !== null && !button.className.includes('skip'))
      .filter((button) => {
        const { left, right, top, bottom } = button.getBoundingClientRect();
        const isOutside = left < -1 || right > innerWidth + 1 || top < -1 || bottom > innerHeight + 1;
        const isBeside = left < -1 || right > innerWidth + 1;
        return isBeside ? !isInWideList(button) : isOutside && !scrolls(button.parentElement);
      })
      .map((button) => button.textContent ?? '');
  });

/**
 * Words of the program that do not fit where they stand, or stand out of what hides the rest; what a title tells in
 * full may be shortened.
 */
const cutOff = (page: Page): Promise<string[]> =>
  page.evaluate(() => {
    const isHidden = (element: HTMLElement): boolean => {
      const { left, right, top, bottom } = element.getBoundingClientRect();
      for (let up = element.parentElement; up && up !== document.body; up = up.parentElement) {
        const { overflowX, overflowY } = getComputedStyle(up);
        if (/auto|scroll/.test(overflowX + overflowY)) return false;
        if (!/hidden|clip/.test(overflowX + overflowY)) continue;
        const box = up.getBoundingClientRect();
        if (box.width === 0 || box.height === 0) return false;
        if (left < box.left - 1 || right > box.right + 1 || top < box.top - 2 || bottom > box.bottom + 2)
          return true;
      }
      return false;
    };
    return [
      ...document.querySelectorAll<HTMLElement>(
        'button, label, h1, h2, h3, th, dt, legend, summary, [role=columnheader], [role=tab], .quiet',
      ),
    ]
      .filter((element) => element.offsetParent !== null)
      .filter((element) => element.matches('.sorter') || element.closest('[title]') === null)
      .filter((element) => !element.className.includes('skip') && element.textContent !== '')
      .filter(
        (element) =>
          (element.clientWidth > 0 && element.scrollWidth > element.clientWidth + 1) || isHidden(element),
      )
      .map((element) => element.textContent ?? '');
  });

const latinWords = async (page: Page): Promise<string[]> => {
  const text = await page.evaluate(() => {
    // Names of machines, in whatever letters
    const names = [...document.querySelectorAll<HTMLElement>('[translate=no]')].map((one) => one.innerText);
    return [
      names.reduce((all, name) => all.replaceAll(name, ''), document.body.innerText),
      ...['title', 'aria-label', 'placeholder', 'alt'].flatMap((name) =>
        // Of the library's icons the name is English; what they mean stands beside them
        [...document.querySelectorAll(`#root [${name}]:not(.anticon)`)].map(
          (element) => element.getAttribute(name) ?? '',
        ),
      ),
    ]
      .join('\n')
      .replaceAll(
        /\.(?:pdf|png|docx)\b|(?:[A-Z\d]{4,5}-)+[A-Z\d]{4,5}|\/\S+|[\da-f]{8}(-[\da-f]{4}){3}-[\da-f]{12}/g,
        '',
      );
  });
  return [...new Set(text.match(/[A-Za-z][\w.-]*/g) ?? [])].filter((word) => !allowedLatin.test(word));
};
