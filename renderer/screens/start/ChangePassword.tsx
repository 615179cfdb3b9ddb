import { type ReactNode, useState } from 'react';
import { FormLine } from '#renderer/components/FormLine.tsx';
import { PlainFailure } from '#renderer/components/PlainFailure.tsx';
import { PlainAlert, PlainButton } from '#renderer/components/plain.tsx';
import { useAttempt } from '#renderer/state/attempt.ts';
import { call } from '#renderer/state/bureau.ts';
import { readProgram } from '#renderer/state/program.ts';
import { passwordText } from '#shared/text/safety.ts';
import { PasswordLines, passwordProblem } from './PasswordLines.tsx';

/** The old password and the new one twice. */
export function ChangePassword({ children }: { children?: ReactNode }) {
  const [current, setCurrent] = useState('');
  const [password, setPassword] = useState('');
  const [again, setAgain] = useState('');
  const [problem, setProblem] = useState<string | null>(null);
  const work = useAttempt();
  const submit = async () => {
    if (work.isBusy) return;
    const found = current === '' ? passwordText.missing : passwordProblem(password, again);
    setProblem(found);
    if (found !== null) return;
    const isChanged = await work.attempt(async () => {
      await call('session.changePassword', { password: current, newPassword: password });
      await readProgram();
      return passwordText.done;
    });
    setCurrent('');
    if (!isChanged) return;
    setPassword('');
    setAgain('');
  };
  return (
    <div data-form>
      <FormLine
        id="current-password"
        type="password"
        label={passwordText.current}
        value={current}
        onChange={setCurrent}
        autoFocus
        autoComplete="current-password"
        problem={problem === passwordText.missing ? problem : null}
      />
      <PasswordLines
        label={passwordText.next}
        password={password}
        again={again}
        onPassword={setPassword}
        onAgain={setAgain}
        onSubmit={() => void submit()}
        problem={problem === passwordText.missing ? null : problem}
      />
      <PlainFailure failure={work.failure} />
      {work.done !== null && <PlainAlert tone="info" title={work.done} />}
      <div className="start-buttons">
        <PlainButton kind="primary" isBusy={work.isBusy} onClick={() => void submit()}>
          {passwordText.submit}
        </PlainButton>
        {children}
      </div>
    </div>
  );
}
