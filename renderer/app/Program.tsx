import { Alert, Button, Spin } from 'antd';
import { FailedScreen } from '#renderer/screens/start/FailedScreen.tsx';
import { LockScreen } from '#renderer/screens/start/LockScreen.tsx';
import { SetUpScreen } from '#renderer/screens/start/SetUpScreen.tsx';
import { SignInScreen } from '#renderer/screens/start/SignInScreen.tsx';
import { readProgram, useProgram } from '#renderer/state/program.ts';
import { assertNever } from '#shared/api/errors.ts';
import { errorText } from '#shared/text/errors.ts';
import { commonText, programText } from '#shared/text/window.ts';
import { Frame } from './Frame.tsx';

/** What the window shows is decided by the state of the ledger, and by nothing else. */
export function Program() {
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
