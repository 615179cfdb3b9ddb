import type { ProgramState } from '#shared/api/types.ts';
import { useProgram } from './program.ts';
import { homeOf } from './reach.ts';
import { setHome } from './route.ts';

const accountIn = (state: ProgramState['state'] | undefined) =>
  state && 'session' in state ? state.session.account.id : null;

/**
 * Whoever signs in begins at his first register. Which that is comes with the frame: the window is at its sign-in before
 * it knows any register. A place is set before anything is drawn at it.
 */
export function followHome(): void {
  const take = (now: ProgramState['state'] | undefined, before: ProgramState['state'] | undefined) => {
    if (now?.is === 'open' && accountIn(now) !== accountIn(before)) setHome(homeOf(now.session));
  };
  take(useProgram.getState().state?.state, undefined);
  useProgram.subscribe((now, before) => take(now.state?.state, before.state?.state));
}
