import { create } from 'zustand';

// What the core asks of the person before it goes on: the password once more, or why names are to be shown. Whoever
// called waits; the dialogs stand in the frame (app/AskedDialogs.tsx) and say whether it was given.

export type AskedKind = 'confirm' | 'reveal';
type Asked = { kind: AskedKind | null };

export const useAsked = create<Asked>(() => ({ kind: null }));

let waiting: ((given: boolean) => void)[] = [];

/** Whether it was given. Several who ask at once are answered together. */
export function askFor(kind: AskedKind): Promise<boolean> {
  return new Promise((resolve) => {
    waiting.push(resolve);
    useAsked.setState({ kind });
  });
}

export function answerAsked(given: boolean): void {
  const all = waiting;
  waiting = [];
  useAsked.setState({ kind: null });
  for (const resolve of all) resolve(given);
}

/** Accounts that were asked after their sign-in: who said no is asked again only when something needs it. */
const asked = new Set<string>();

export function askOnce(account: string): void {
  if (asked.has(account)) return;
  asked.add(account);
  void askFor('reveal');
}

/** Somebody else may sit down: what was asked is answered with no, and everybody is asked anew. */
export function forgetAsked(): void {
  asked.clear();
  answerAsked(false);
}
