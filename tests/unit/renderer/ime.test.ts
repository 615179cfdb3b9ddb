import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it, vi } from 'vitest';
import { isImeKey, onKeys } from '#renderer/components/ime.ts';

type Key = { key: string; isComposing: boolean; keyCode: number; timeStamp: number };
const key = (changes: Partial<Key> = {}) =>
  ({ key: 'Enter', isComposing: false, keyCode: 13, timeStamp: 1000, ...changes }) as KeyboardEvent;

describe('keys of an input method', () => {
  it('are told by each of the three signs, and by nothing else', () => {
    expect(isImeKey(key(), 0)).toBe(false);
    expect(isImeKey(key({ isComposing: true }), 0)).toBe(true);
    expect(isImeKey(key({ keyCode: 229 }), 0)).toBe(true);
    expect(isImeKey(key({ timeStamp: 1010 }), 1000)).toBe(true);
    expect(isImeKey(key({ timeStamp: 1100 }), 1000)).toBe(false);
    expect(isImeKey(key({ key: 'a', keyCode: 65, timeStamp: 1010 }), 1000)).toBe(false);
  });

  it('never reach a wrapped handler', () => {
    const handler = vi.fn();
    onKeys(handler)(key({ isComposing: true }));
    expect(handler).not.toHaveBeenCalled();
    onKeys(handler)(key());
    expect(handler).toHaveBeenCalledOnce();
  });

  it('are kept from every keydown handler of the window', () => {
    const folder = path.resolve(import.meta.dirname, '../../../renderer');
    const files = readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter((file) =>
      /\.tsx?$/.test(file),
    );
    const handlers = files.flatMap((file) => {
      const source = readFileSync(path.join(folder, file), 'utf8');
      const uses = source.match(
        /onKey(?:Down|Up|Press)(?:Capture)?(?:=\{|: )(?!onKeys\()[^}\n]*|addEventListener\(\s*'key\w+',(?!\s*onKeys\()[^)]*/g,
      );
      return (uses ?? []).map((use) => `${file}: ${use}`);
    });
    expect(files.length).toBeGreaterThan(30);
    expect(handlers).toEqual([]);
  });
});
