import { create } from 'zustand';
import type { Draft } from '#shared/api/types.ts';
import type { Begins } from './record-begin.ts';

/** Conditions that a list begins with: by field, the values that fit. */
export type ListFilter = Readonly<Record<string, readonly string[]>>;

/** The record that an application to seal it is begun for. */
export type SealingOf = { recordId: string; ledger: string; number: string | null };

/** Where the window is. A state, not an address: nothing of a record stands in a URL or a history. */
export type Route =
  | { screen: 'list'; ledger: string; filter?: ListFilter }
  | { screen: 'codes' }
  | {
      screen: 'record';
      ledger: string;
      id: string | null;
      draft: Draft | null;
      begins: Begins | null;
      opened: number;
      /** Come back to: the papers, at this one. */
      paper?: string;
    }
  | { screen: 'deadlines' }
  | { screen: 'rules' }
  | { screen: 'retention' }
  | { screen: 'person'; key: string }
  | { screen: 'numbering'; ledger: string }
  | { screen: 'paperDay' }
  | { screen: 'templates' }
  | { screen: 'figures' }
  | { screen: 'report' }
  | { screen: 'maintenance' }
  | { screen: 'accounts' }
  | { screen: 'log' }
  | { screen: 'sealing'; apply?: SealingOf }
  | { screen: 'password' }
  | { screen: 'safety'; part: SafetyPart };

/** Parts of the 安全保密登记 that are no registers of their own. */
export type SafetyPart = 'out' | 'in' | 'papers';

type Navigation = { route: Route; back: Route[] };

let start: Route = { screen: 'list', ledger: 'mediation' };
let opened = 0;

/** Where the account begins that has signed in; a window that has been nowhere else goes there. */
export function setHome(home: Route): void {
  const before = start;
  start = home;
  useNavigation.setState(({ route, back }) => ({ route: route === before ? home : route, back }));
}

export const useNavigation = create<Navigation>(() => ({ route: start, back: [] }));

export function go(route: Route): void {
  useNavigation.setState(({ route: from, back }) => ({ route, back: [...back, from].slice(-20) }));
}

/** The list of a register with conditions already on. */
export function openList(ledger: string, filter: ListFilter): void {
  go({ screen: 'list', ledger, filter });
}

/** Each opening is a form of its own, also of the same record. */
export function openRecord(
  ledger: string,
  id: string | null,
  draft: Draft | null = null,
  begins: Begins | null = null,
): void {
  opened += 1;
  go({ screen: 'record', ledger, id, draft, begins, opened });
}

type Place = { id: string | null; draft: Draft | null; paper?: string };

/** Looks at something beside a form; coming back goes on with the record, and with what was typed there. */
export function goAside(place: Place, to: Route): void {
  opened += 1;
  const at = opened;
  useNavigation.setState(({ route, back }) => {
    const from = route.screen === 'record' ? { ...route, ...place, opened: at } : route;
    return { route: to, back: [...back, from].slice(-20) };
  });
}

/** A record that was new when its form was left for something else, and saved by then, is come back to as itself. */
export function comesBackAs(openedAt: number, id: string): void {
  useNavigation.setState(({ back }) => ({
    back: back.map((one) => {
      if (one.screen !== 'record' || one.opened !== openedAt || one.id !== null) return one;
      opened += 1;
      return { ...one, id, draft: null, begins: null, opened };
    }),
  }));
}

export function recordRoute(ledger: string, id: string): Route {
  opened += 1;
  return { screen: 'record', ledger, id, draft: null, begins: null, opened };
}

export function goBack(): void {
  useNavigation.setState(({ route, back }) => {
    const to =
      back.at(-1) ?? (route.screen === 'record' ? { screen: 'list' as const, ledger: route.ledger } : start);
    return { route: to, back: back.slice(0, -1) };
  });
}

export function goHome(): void {
  useNavigation.setState({ route: start, back: [] });
}
