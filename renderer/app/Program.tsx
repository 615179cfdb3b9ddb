import { type ComponentType, Suspense, useEffect, useState } from 'react';
import { PlainFailure } from '#renderer/components/PlainFailure.tsx';
import { PlainButton } from '#renderer/components/plain.tsx';
import { LockScreen } from '#renderer/screens/start/LockScreen.tsx';
import { MustChangeScreen } from '#renderer/screens/start/MustChangeScreen.tsx';
import { SignInScreen } from '#renderer/screens/start/SignInScreen.tsx';
import { loadPinyin } from '#renderer/state/pinyin.ts';
import { readProgram, useProgram } from '#renderer/state/program.ts';
import { assertNever } from '#shared/api/errors.ts';
import { commonText, programText } from '#shared/text/window.ts';

type Ahead<P extends object> = { Screen: ComponentType<P>; read(): Promise<unknown> };

/**
 * A screen that needs the UI library, in its colours; both are read when it is first shown, or ahead. Not by `lazy`:
 * that suspends once even where everything has been read, and what waited behind its fallback is held back until 300 ms
 * after it (React's throttle) – a third of a sign-in.
 */
function themed<P extends object>(load: () => Promise<ComponentType<P>>): Ahead<P> {
  let ready: ComponentType<P> | null = null;
  let reading: Promise<void> | null = null;
  const readBoth = async () => {
    const [{ Themed }, Screen] = await Promise.all([import('./Themed.tsx'), load()]);
    ready = (props: P) => (
      <Themed>
        <Screen {...props} />
      </Themed>
    );
  };
  const read = () => {
    reading ??= readBoth();
    return reading;
  };
  return {
    read,
    Screen: (props) => {
      const [Shown, show] = useState(() => ready);
      useEffect(() => {
        // What could not be read is said by the boundary around everything, as any error while drawing.
        const fail = (error: unknown) =>
          show(() => {
            throw error;
          });
        if (!Shown) read().then(() => show(() => ready), fail);
      }, [Shown]);
      return Shown ? <Shown {...props} /> : <Notice text={programText.loading} />;
    },
  };
}

// The field to sign in comes first: it alone is in the first file the window reads (README, speeds).
const frame = themed(() => import('./Frame.tsx').then(({ Frame }) => Frame));
const setUp = themed(() =>
  import('#renderer/screens/start/SetUpScreen.tsx').then(({ SetUpScreen }) => SetUpScreen),
);
const failed = themed(() =>
  import('#renderer/screens/start/FailedScreen.tsx').then(({ FailedScreen }) => FailedScreen),
);

const readAheadMs = 250;

/** What is behind the sign-in is read while the password is typed. */
function useReadAhead(): void {
  useEffect(() => {
    const timer = setTimeout(() => {
      // Where it fails, the screen itself says so when it is shown.
      frame.read().catch(() => undefined);
      loadPinyin();
    }, readAheadMs);
    return () => clearTimeout(timer);
  }, []);
}

export function Program() {
  useReadAhead();
  return (
    <Suspense fallback={<Notice text={programText.loading} />}>
      <Shown />
    </Suspense>
  );
}

/** What the window shows is decided by the state of the ledger, and by nothing else. */
function Shown() {
  const { state: program, failure, isClosing, isSettingUp } = useProgram();
  if (isClosing) return <Notice text={programText.closing} />;
  if (program === null) {
    if (failure === null) return <Notice text={programText.loading} />;
    return (
      <main className="start">
        <PlainFailure failure={failure} />
        <PlainButton onClick={() => void readProgram()}>{commonText.retry}</PlainButton>
      </main>
    );
  }
  const { state } = program;
  if (isSettingUp || state.is === 'set-up') return <setUp.Screen program={program} />;
  switch (state.is) {
    case 'sign-in':
      return <SignInScreen program={program} {...state} />;
    case 'failed':
      return <failed.Screen program={program} {...state} />;
    case 'locked':
      return <LockScreen session={state.session} />;
    case 'open':
      if (state.session.mustChange) return <MustChangeScreen session={state.session} />;
      return <frame.Screen session={state.session} />;
    default:
      return assertNever(state);
  }
}

function Notice({ text }: { text: string }) {
  return (
    <main className="start" aria-busy>
      <h1 className="start-program">{programText.name}</h1>
      <p>{text}</p>
    </main>
  );
}
