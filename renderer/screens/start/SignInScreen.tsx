import { lazy, useRef, useState } from 'react';
import { FormLine } from '#renderer/components/FormLine.tsx';
import { PlainFailure } from '#renderer/components/PlainFailure.tsx';
import { PlainAlert, PlainButton } from '#renderer/components/plain.tsx';
import { StartCard } from '#renderer/components/StartCard.tsx';
import { useAttempt } from '#renderer/state/attempt.ts';
import { call, failureFrom, shell } from '#renderer/state/bureau.ts';
import { readProgram, takeProgram } from '#renderer/state/program.ts';
import { goHome } from '#renderer/state/route.ts';
import type { Failure } from '#shared/api/errors.ts';
import type { ProgramState } from '#shared/api/types.ts';
import { helpText } from '#shared/text/safety.ts';
import { setUpText, signInText } from '#shared/text/start.ts';
import { programText } from '#shared/text/window.ts';
import { GuideButton } from './GuideButton.tsx';
import { PasswordLines, passwordProblem } from './PasswordLines.tsx';
import { useWait } from './wait.ts';

const PasswordHelp = lazy(() =>
  import('./PasswordHelp.tsx').then(({ PasswordHelp }) => ({ default: PasswordHelp })),
);

type Props = { program: ProgramState; unit: string; isDemo: boolean; helpFrom: string | null };

export function SignInScreen({ program, unit, isDemo, helpFrom }: Props) {
  const [way, setWay] = useState<'signIn' | 'key' | 'unit'>('signIn');
  const recovers = way !== 'signIn';
  return (
    <StartCard
      title={way === 'key' ? signInText.recoveryTitle : recovers ? signInText.recovery : signInText.title}
      unit={unit}
      version={program.version}
    >
      {isDemo && <PlainAlert tone="info" isUrgent={false} title={programText.demoHint} />}
      {recovers ? (
        <>
          <div className="start-buttons">
            {(['key', 'unit'] as const).map((one) => (
              <PlainButton key={one} kind="link" disabled={way === one} onClick={() => setWay(one)}>
                {one === 'key' ? helpText.byKey : helpText.byUnit}
              </PlainButton>
            ))}
          </div>
          {way === 'key' ? (
            <Recovery onBack={() => setWay('signIn')} />
          ) : (
            <PasswordHelp hasHelp={helpFrom !== null} onBack={() => setWay('signIn')} />
          )}
        </>
      ) : (
        <>
          <SignIn onForgotten={() => setWay('key')} />
          <div className="start-buttons">
            {isDemo && <OtherFolder />}
            <GuideButton />
          </div>
        </>
      )}
    </StartCard>
  );
}

/** Out of a demonstration: the folder of the real ledger, or an empty one to set it up in. */
function OtherFolder() {
  const work = useAttempt();
  const choose = () =>
    work.attempt(async () => {
      const chosen = await shell('shell.chooseFolder', { title: setUpText.chooseFolder });
      if (chosen) takeProgram(await call('program.use', { folder: chosen.grant }));
    });
  return (
    <>
      <PlainFailure failure={work.failure} />
      <PlainButton kind="link" isBusy={work.isBusy} onClick={() => void choose()}>
        {signInText.otherFolder}
      </PlainButton>
    </>
  );
}

function SignIn({ onForgotten }: { onForgotten(): void }) {
  const [account, setAccount] = useState('');
  const [password, setPassword] = useState('');
  const [failure, setFailure] = useState<Failure | null>(null);
  const [isMissing, setMissing] = useState(false);
  const [isBusy, setBusy] = useState(false);
  const form = useRef<HTMLDivElement>(null);
  const wait = useWait(failure);

  const submit = async () => {
    if (isBusy || wait > 0) return;
    if (account.trim() === '' || password === '') return setMissing(true);
    setMissing(false);
    setBusy(true);
    try {
      await call('session.signIn', { account: account.trim(), password });
      goHome();
      await readProgram();
    } catch (caught) {
      setFailure(failureFrom(caught));
      setPassword('');
      // A ledger that turns out damaged or too new at the right password is no matter of this screen any more.
      await readProgram();
      form.current?.querySelector<HTMLElement>('#password')?.focus();
    } finally {
      setBusy(false);
    }
  };
  return (
    <div data-form ref={form}>
      <FormLine
        id="account"
        label={signInText.account}
        value={account}
        onChange={setAccount}
        autoFocus
        autoComplete="username"
      />
      <FormLine
        id="password"
        type="password"
        label={signInText.password}
        value={password}
        onChange={setPassword}
        onSubmit={() => void submit()}
        autoComplete="current-password"
      />
      {isMissing && <PlainAlert tone="warning" title={signInText.missing} />}
      <PlainFailure failure={failure} />
      {failure && <p className="quiet">{signInText.forgotten}</p>}
      <div className="start-buttons">
        <PlainButton kind="primary" isBusy={isBusy} disabled={wait > 0} onClick={() => void submit()}>
          {wait > 0 ? signInText.wait(wait) : signInText.submit}
        </PlainButton>
        <PlainButton kind="link" onClick={onForgotten}>
          {signInText.recovery}
        </PlainButton>
      </div>
    </div>
  );
}

function Recovery({ onBack }: { onBack(): void }) {
  const [recoveryKey, setRecoveryKey] = useState('');
  const [account, setAccount] = useState('');
  const [first, setFirst] = useState('');
  const [second, setSecond] = useState('');
  const [problem, setProblem] = useState<string | null>(null);
  const work = useAttempt();
  const wait = useWait(work.failure);
  const submit = async () => {
    if (work.isBusy || wait > 0) return;
    const isMissing = recoveryKey.trim() === '' || account.trim() === '' || first === '';
    const fault = isMissing ? signInText.recoverMissing : passwordProblem(first, second);
    setProblem(fault);
    if (fault !== null) return;
    await work.attempt(async () => {
      await call('session.recover', {
        recoveryKey: recoveryKey.trim(),
        account: account.trim(),
        newPassword: first,
      });
      goHome();
      await readProgram();
    });
  };
  return (
    <div data-form>
      <FormLine
        id="recovery-key"
        label={signInText.recoveryKey}
        value={recoveryKey}
        onChange={setRecoveryKey}
        autoFocus
      />
      <FormLine id="recovery-account" label={signInText.account} value={account} onChange={setAccount} />
      <PasswordLines
        label={signInText.newPassword}
        password={first}
        again={second}
        onPassword={setFirst}
        onAgain={setSecond}
        onSubmit={() => void submit()}
        problem={problem === signInText.recoverMissing ? null : problem}
      />
      {problem === signInText.recoverMissing && <PlainAlert tone="warning" title={problem} />}
      <PlainFailure failure={work.failure} />
      <div className="start-buttons">
        <PlainButton kind="primary" isBusy={work.isBusy} disabled={wait > 0} onClick={() => void submit()}>
          {wait > 0 ? signInText.wait(wait) : signInText.recover}
        </PlainButton>
        <PlainButton kind="link" onClick={onBack}>
          {signInText.backToSignIn}
        </PlainButton>
      </div>
    </div>
  );
}
