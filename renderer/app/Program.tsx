import { type ComponentType, lazy, Suspense, useEffect } from 'react';
import { PlainAlert, PlainButton } from '#renderer/components/plain.tsx';
import { LockScreen } from '#renderer/screens/start/LockScreen.tsx';
import { MustChangeScreen } from '#renderer/screens/start/MustChangeScreen.tsx';
import { SignInScreen } from '#renderer/screens/start/SignInScreen.tsx';
import { loadPinyin } from '#renderer/state/pinyin.ts';
import { readProgram, useProgram } from '#renderer/state/program.ts';
import { assertNever } from '#shared/api/errors.ts';
import { errorText } from '#shared/text/errors.ts';
import { commonText, programText } from '#shared/text/window.ts';

/** A screen that needs the UI library, in its colours; both are read when it is first shown. */
function themed<P extends object>(load: () => Promise<ComponentType<P>>) {
  return lazy(async () => {
    const [{ Themed }, Screen] = await Promise.all([import('./Themed.tsx'), load()]);
    return {
      default: (props: P) => (
        <Themed>
          <Screen {...props} />
        </Themed>
      ),
    };
  });
}

const loadFrame = () => import('./Frame.tsx').then(({ Frame }) => Frame);

// The field to sign in comes first: it alone is in the first file the window reads (README, speeds).
const Frame = themed(loadFrame);
const SetUpScreen = themed(() =>
  import('#renderer/screens/start/SetUpScreen.tsx').then(({ SetUpScreen }) => SetUpScreen),
);
const FailedScreen = themed(() =>
  import('#renderer/screens/start/FailedScreen.tsx').then(({ FailedScreen }) => FailedScreen),
);

const readAheadMs = 250;

/** What is behind the sign-in is read while the password is typed. */
function useReadAhead(): void {
  useEffect(() => {
    const timer = setTimeout(() => {
      void loadFrame();
      void import('./Themed.tsx');
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
        <PlainAlert tone="error" title={errorText(failure)} />
        <PlainButton onClick={() => void readProgram()}>{commonText.retry}</PlainButton>
      </main>
    );
  }
  const { state } = program;
  if (isSettingUp || state.is === 'set-up') return <SetUpScreen program={program} />;
  switch (state.is) {
    case 'sign-in':
      return <SignInScreen program={program} unit={state.unit} isDemo={state.isDemo} />;
    case 'failed':
      return <FailedScreen program={program} failure={state.failure} backups={state.backups} />;
    case 'locked':
      return <LockScreen session={state.session} />;
    case 'open':
      if (state.session.mustChange) return <MustChangeScreen session={state.session} />;
      return <Frame session={state.session} />;
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
