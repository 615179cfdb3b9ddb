import { create } from 'zustand';
import type { Failure } from '#shared/api/errors.ts';
import type { MethodName } from '#shared/api/methods.ts';
import type { ProgramState, SessionInfo } from '#shared/api/types.ts';
import { askFor, forgetAsked } from './asked.ts';
import { call, failureFrom, listen, shell } from './bureau.ts';
import { forgetTyping, lockTyping, unlockTyping } from './kept.ts';
import { may, sees } from './may.ts';
import { forgetQueries, refresh } from './queries.ts';
import { forgetTransfers } from './transfers.ts';

type Program = {
  /** Null until the core has answered for the first time. */
  state: ProgramState | null;
  failure: Failure | null;
  isClosing: boolean;
  /** Set-up keeps its screen until the recovery key has been confirmed, although the ledger is there by then. */
  isSettingUp: boolean;
  /** How far the running job is. */
  progress: { job: string; done: number; total: number } | null;
  /** A copy that did not reach the second place, until it was read. */
  copyFailure: Failure | null;
  /** What was to follow a call that was done. */
  leftUndone: Failure | null;
};

export const useProgram = create<Program>(() => ({
  state: null,
  failure: null,
  isClosing: false,
  isSettingUp: false,
  progress: null,
  copyFailure: null,
  leftUndone: null,
}));

export async function readProgram(): Promise<void> {
  try {
    takeProgram(await call('program.state', {}));
  } catch (caught) {
    useProgram.setState({ failure: failureFrom(caught) });
  }
}

export function takeProgram(state: ProgramState): void {
  const before = useProgram.getState().state?.state;
  if (before?.is !== state.state.is) forgetQueries();
  else if (isVeiledIn(before) !== isVeiledIn(state.state)) refresh();
  if (state.state.is === 'locked') lockTyping();
  else if (state.state.is === 'open') unlockTyping();
  else {
    // Whoever signs in next is asked anew, however the session before ended
    forgetTyping();
    forgetAsked();
    forgetTransfers();
  }
  useProgram.setState({ state, failure: null });
}

const isVeiledIn = (state: ProgramState['state']) => 'session' in state && state.session.isVeiled;

export function keepSetUp(isSettingUp: boolean): void {
  useProgram.setState({ isSettingUp });
}

/** The session of an open ledger, or null. */
export function useSession(): SessionInfo | null {
  return useProgram(({ state }) => (state?.state.is === 'open' ? state.state.session : null));
}

/** Whether the account may do it. Only to leave out what would be refused: the core decides. */
export function useMay(method: MethodName): boolean {
  const session = useSession();
  return session !== null && may(session, method);
}

/** As `useMay`, outside of a screen. Where nobody is known to be signed in the core decides. */
export function mayAsk(method: MethodName): boolean {
  const { state } = useProgram.getState();
  return state?.state.is !== 'open' || may(state.state.session, method);
}

/** Whether the account sees a register. */
export function useSees(ledger: string): boolean {
  const session = useSession();
  return session !== null && sees(session, ledger);
}

/** Shows names for a reason that is asked for, or masks them again. */
export async function toggleVeil({ isVeiled }: SessionInfo): Promise<void> {
  if (isVeiled) await askFor('reveal');
  else {
    await call('session.veil', {});
    await readProgram();
  }
}

export async function lockSession(): Promise<void> {
  await call('session.lock', {});
  await readProgram();
}

export async function signOut(): Promise<void> {
  await call('session.signOut', {});
  forgetQueries();
  await readProgram();
}

export function forgetCopyFailure(): void {
  useProgram.setState({ copyFailure: null });
}

export function forgetLeftUndone(): void {
  useProgram.setState({ leftUndone: null });
}

const progressMs = 80;
let told: Program['progress'] = null;
let telling: ReturnType<typeof setTimeout> | undefined;

/** A job may tell its progress hundreds of times in a moment; a screen drawn anew for each of them breaks down. */
function takeProgress(progress: Program['progress']): void {
  told = progress;
  telling ??= setTimeout(() => {
    telling = undefined;
    useProgram.setState({ progress: told });
  }, progressMs);
}

/** What an earlier job told last says nothing of the next one. */
export function forgetProgress(): void {
  clearTimeout(telling);
  telling = undefined;
  useProgram.setState({ progress: null });
}

/** Asks the running job to stop; it answers as cancelled, and nothing has changed. */
export async function stopJob(): Promise<void> {
  const { progress } = useProgram.getState();
  if (progress) await shell('shell.cancel', { job: progress.job });
}

/** Follows the core as long as the window lives. */
export function followCore(): () => void {
  void readProgram();
  return listen((event) => {
    if (event.event === 'changed') refresh(event.ledgers);
    if (event.event === 'session') void readProgram();
    if (event.event === 'progress') {
      const { job, done, total } = event;
      takeProgress(done < total ? { job, done, total } : null);
    }
    if (event.event === 'copyFailed') {
      useProgram.setState({ copyFailure: event.failure });
      refresh();
    }
    if (event.event === 'leftUndone') {
      useProgram.setState({ leftUndone: event.failure });
      refresh();
    }
    if (event.event === 'closing') useProgram.setState({ isClosing: true });
  });
}
