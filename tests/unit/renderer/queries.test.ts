import { beforeEach, describe, expect, it, vi } from 'vitest';
import { shortcutOf } from '#renderer/commands/actions.ts';
import { filterInput } from '#renderer/screens/list/Filters.tsx';
import { passwordProblem, strengthOf } from '#renderer/screens/start/PasswordLines.tsx';
import { createDraftKeeper } from '#renderer/state/draft-keeper.ts';
import { previewPage } from '#renderer/state/preview-page.ts';

type Asked = { method: string; input: unknown; answer(value: unknown): void };

describe('a draft', () => {
  let asked: Asked[];
  beforeEach(() => {
    asked = [];
    const invoke = (method: string, input: unknown) =>
      new Promise((resolve) =>
        asked.push({ method, input, answer: (value) => resolve({ ok: true, value }) }),
      );
    vi.stubGlobal('window', { bureau: { invoke, listen: () => () => {} } });
    vi.useFakeTimers();
    return () => {
      vi.useRealTimers();
      vi.unstubAllGlobals();
    };
  });

  it('is written a moment after a change, once for many, with what stands then', async () => {
    const keeper = createDraftKeeper(null, () => {});
    let text = 'a';
    const content = () => ({ ledger: 'mediation', content: { summary: text } });
    keeper.later(content);
    text = 'ab';
    keeper.later(content);
    expect(asked).toHaveLength(0);
    await vi.advanceTimersByTimeAsync(200);
    expect(asked).toHaveLength(1);
    expect(asked[0]).toMatchObject({
      method: 'draft.save',
      input: { id: keeper.id(), content: { summary: 'ab' } },
    });
  });

  it('is written to the end before it is taken away', async () => {
    const keeper = createDraftKeeper('0190', () => {});
    keeper.later(() => ({ ledger: 'mediation', content: {} }));
    keeper.now();
    const discarded = keeper.discard();
    await vi.advanceTimersByTimeAsync(0);
    expect(asked.map(({ method }) => method)).toEqual(['draft.save']);
    asked[0]?.answer(null);
    await vi.advanceTimersByTimeAsync(0);
    expect(asked.map(({ method }) => method)).toEqual(['draft.save', 'draft.discard']);
    asked[1]?.answer(null);
    await discarded;
    await vi.advanceTimersByTimeAsync(1000);
    expect(asked).toHaveLength(2);
  });
});

describe('small decisions of the screens', () => {
  it('names a key as it is shown', () => {
    const held = { ctrlKey: false, metaKey: false, altKey: false, shiftKey: false };
    expect(shortcutOf({ ...held, key: 's', ctrlKey: true })).toBe('Ctrl+S');
    expect(shortcutOf({ ...held, key: 'S', ctrlKey: true, shiftKey: true })).toBe('Ctrl+Shift+S');
    expect(shortcutOf({ ...held, key: 'Insert' })).toBe('Insert');
  });

  it('asks only for conditions that say something', () => {
    expect(filterInput({})).toBeUndefined();
    expect(filterInput({ state: [], acceptedOn: { from: '2023' } })).toBeUndefined();
    expect(filterInput({ state: ['open'], acceptedOn: { from: '2023-01-01', to: 'x' } })).toEqual({
      state: ['open'],
      acceptedOn: { from: '2023-01-01' },
    });
  });

  it('judges a new password by length, then by kinds', () => {
    expect([
      strengthOf('Ab1!'),
      strengthOf('abcdefgh'),
      strengthOf('abcdef1234'),
      strengthOf('Abcdef-12345'),
    ]).toEqual([0, 1, 2, 3]);
    expect(passwordProblem('short', 'short')).toMatch(/8/);
    for (const simple of ['12345678901', '１２３４５６７８', 'aaaaaaaaaa']) {
      expect(strengthOf(simple), simple).toBe(0);
      expect(passwordProblem(simple, simple), simple).toMatch(/太容易猜到/);
    }
    expect(passwordProblem('long-enough', 'another-one')).not.toBeNull();
    expect(passwordProblem('long-enough', 'long-enough')).toBeNull();
  });

  it('gives a print page the nonce of the window and turns style attributes into rules', () => {
    const html =
      '<html><head><style>p{}</style></head><body><p style="margin:1em">1 < 2 style="x"</p></body></html>';
    const page = previewPage(html, 'N');
    expect(page).toContain('<style nonce="N">p{}</style>');
    expect(page).toContain('<p data-rule="0">1 < 2 style="x"</p>');
    expect(page).toContain('[data-rule="0"]{margin:1em}');
    expect(previewPage(html, '')).toBe(html);
  });
});
