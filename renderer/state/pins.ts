import { create } from 'zustand';
import type { Scalar } from '#shared/api/types.ts';
import { isEmpty } from '#shared/kinds/conditions.ts';
import { valueAt } from './record-begin.ts';
import type { FormContent } from './record-content.ts';

/** Paths that a clerk keeps from one new record to the next (连续录入), with their last values. */
export type Pins = Readonly<Record<string, Scalar>>;

/**
 * Kept in the window's memory, apart for each account and ledger, and nowhere else: they hold names, and a day's work
 * ends with the program.
 */
const usePinStore = create<Readonly<Record<string, Pins>>>(() => ({}));
const none: Pins = {};
const keyOf = (account: string, ledger: string) => `${account} ${ledger}`;

export function usePins(account: string, ledger: string): Pins {
  return usePinStore((state) => state[keyOf(account, ledger)] ?? none);
}

export function pinsOf(account: string, ledger: string): Pins {
  return usePinStore.getState()[keyOf(account, ledger)] ?? none;
}

export function setPins(account: string, ledger: string, pins: Pins): void {
  usePinStore.setState({ [keyOf(account, ledger)]: pins });
}

/** Keeps the field, or lets it go. */
export function togglePin(account: string, ledger: string, path: string, content: FormContent): void {
  const { [path]: value, ...others } = pinsOf(account, ledger);
  setPins(account, ledger, value === undefined ? { ...others, [path]: valueAt(content, path) } : others);
}

/** After a save the next record begins with what this one had. */
export function renewPins(account: string, ledger: string, content: FormContent): void {
  const pins = Object.keys(pinsOf(account, ledger));
  if (pins.length === 0) return;
  setPins(account, ledger, Object.fromEntries(pins.map((path) => [path, valueAt(content, path)])));
}

/** The values that a new record begins with. */
export const pinnedValues = (pins: Pins): Pins =>
  Object.fromEntries(Object.entries(pins).filter(([, value]) => !isEmpty(value)));
