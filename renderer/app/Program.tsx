import { Alert, Button, Spin } from 'antd';
import { lazy, Suspense, useEffect } from 'react';
import { LockScreen } from '#renderer/screens/start/LockScreen.tsx';
import { SignInScreen } from '#renderer/screens/start/SignInScreen.tsx';
import { loadPinyin } from '#renderer/state/pinyin.ts';
import { readProgram, useProgram } from '#renderer/state/program.ts';
import { assertNever } from '#shared/api/errors.ts';
import { errorText } from '#shared/text/errors.ts';
import { commonText, programText } from '#shared/text/window.ts';

const loadFrame = () => import('./Frame.tsx').then(({ Frame }) => ({ default: Frame }));

// The field to sign in comes first: it alone is in the first file the window reads (README, speeds).
const Frame = lazy(loadFrame);
const SetUpScreen = lazy(() =>
  import('#renderer/screens/start/SetUpScreen.tsx').then(({ SetUpScreen }) => ({ default: SetUpScreen })),
);
const FailedScreen = lazy(() =>
  import('#renderer/screens/start/FailedScreen.tsx').then(({ FailedScreen }) => ({ default: FailedScreen })),
);

const readAheadMs = 250;

/** What is behind the sign-in is read while the password is typed. */
function useReadAhead(): void {
  useEffect(() => {
    const timer = setTimeout(() => {
      void loadFrame();
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
        <Alert
          role="alert"
          type="error"
          showIcon
          title={errorText(failure)}
          action={<Button onClick={() => void readProgram()}>{commonText.retry}</Button>}
        />
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
      return <Frame session={state.session} />;
    default:
      return assertNever(state);
  }
}

function Notice({ text }: { text: string }) {
  return (
    <main className="start" aria-busy>
      <h1 className="start-program">{programText.name}</h1>
      <Spin />
      <p>{text}</p>
    </main>
  );
}
