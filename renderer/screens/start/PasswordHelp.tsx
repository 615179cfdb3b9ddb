import { useEffect, useState } from 'react';
import { FormLine } from '#renderer/components/FormLine.tsx';
import { PlainFailure } from '#renderer/components/PlainFailure.tsx';
import { PlainAlert, PlainButton } from '#renderer/components/plain.tsx';
import { useAttempt } from '#renderer/state/attempt.ts';
import { call, shell } from '#renderer/state/bureau.ts';
import { localInstant } from '#renderer/state/clock.ts';
import { readProgram } from '#renderer/state/program.ts';
import { goHome } from '#renderer/state/route.ts';
import type { HelpWaiting } from '#shared/api/types.ts';
import { errorText } from '#shared/text/errors.ts';
import { helpText as say } from '#shared/text/safety.ts';
import { signInText } from '#shared/text/start.ts';
import { PasswordLines, passwordProblem } from './PasswordLines.tsx';
import { useWait } from './wait.ts';

/** A forgotten password, by the level above: a request on a stick, its answer back, a code on the telephone. */
export function PasswordHelp({ hasHelp, onBack }: { hasHelp: boolean; onBack(): void }) {
  const [waiting, setWaiting] = useState<HelpWaiting | null>(null);
  const [asksAnew, setAsksAnew] = useState(false);
  useEffect(() => {
    void call('help.waiting', {}).then(setWaiting, () => undefined);
  }, []);
  if (waiting && !asksAnew)
    return <Finish waiting={waiting} onAgain={() => setAsksAnew(true)} onBack={onBack} />;
  return hasHelp ? (
    <Ask
      former={waiting}
      onAsked={(asked) => {
        setWaiting(asked);
        setAsksAnew(false);
      }}
      onBack={onBack}
    />
  ) : (
    <>
      <PlainAlert tone="info" title={errorText({ code: 'help-none', params: {} })} />
      <div className="start-buttons">
        <PlainButton kind="link" onClick={onBack}>
          {signInText.backToSignIn}
        </PlainButton>
      </div>
    </>
  );
}

type AskProps = {
  /** The request that waits and is given up for this one. */
  former: HelpWaiting | null;
  onAsked(waiting: HelpWaiting): void;
  onBack(): void;
};

function Ask({ former, onAsked, onBack }: AskProps) {
  const [account, setAccount] = useState('');
  const [password, setPassword] = useState('');
  const [again, setAgain] = useState('');
  const [problem, setProblem] = useState<string | null>(null);
  const work = useAttempt();
  const submit = async () => {
    const fault = account.trim() === '' ? say.accountMissing : passwordProblem(password, again);
    setProblem(fault);
    if (fault !== null || work.isBusy) return;
    await work.attempt(async () => {
      const name = `${say.requestName(account.trim())}.json`;
      const out = await shell('shell.chooseSave', { title: say.ask, name, extensions: ['json'] });
      if (!out) return;
      await call('help.ask', {
        account: account.trim(),
        newPassword: password,
        out: out.grant,
        overwrite: true,
        replaces: former !== null,
      });
      const asked = await call('help.waiting', {});
      if (asked) onAsked(asked);
    });
  };
  return (
    <div data-form>
      {former ? (
        <PlainAlert tone="warning" title={say.replaces(former.account, localInstant(former.askedAt))} />
      ) : (
        <PlainAlert tone="info" isUrgent={false} title={say.about} />
      )}
      <FormLine
        id="help-account"
        label={signInText.account}
        value={account}
        onChange={setAccount}
        autoFocus
        problem={problem === say.accountMissing ? problem : null}
      />
      <PasswordLines
        label={signInText.newPassword}
        password={password}
        again={again}
        onPassword={setPassword}
        onAgain={setAgain}
        onSubmit={() => void submit()}
        problem={problem === say.accountMissing ? null : problem}
      />
      <PlainFailure failure={work.failure} />
      <div className="start-buttons">
        <PlainButton kind="primary" isBusy={work.isBusy} onClick={() => void submit()}>
          {former ? say.replace : say.ask}
        </PlainButton>
        <PlainButton kind="link" onClick={onBack}>
          {signInText.backToSignIn}
        </PlainButton>
      </div>
    </div>
  );
}

type FinishProps = { waiting: HelpWaiting; onAgain(): void; onBack(): void };

function Finish({ waiting, onAgain, onBack }: FinishProps) {
  const [password, setPassword] = useState('');
  const work = useAttempt();
  const wait = useWait(work.failure);
  const submit = async () => {
    if (password === '' || work.isBusy || wait > 0) return;
    await work.attempt(async () => {
      const chosen = await shell('shell.chooseFile', { title: say.chooseAnswer, extensions: ['json'] });
      if (!chosen) return;
      await call('help.finish', { file: chosen.grant, newPassword: password });
      goHome();
      await readProgram();
    });
  };
  return (
    <div data-form>
      <PlainAlert tone="info" isUrgent={false} title={say.waiting(waiting.account, waiting.unit)} />
      <p>
        {say.code}
        <strong className="code">{waiting.code}</strong>
      </p>
      <FormLine
        id="help-password"
        type="password"
        label={signInText.newPassword}
        value={password}
        onChange={setPassword}
        onSubmit={() => void submit()}
        hint={say.samePassword}
        autoFocus
      />
      <PlainFailure failure={work.failure} />
      <div className="start-buttons">
        <PlainButton kind="primary" isBusy={work.isBusy} disabled={wait > 0} onClick={() => void submit()}>
          {wait > 0 ? signInText.wait(wait) : say.finish}
        </PlainButton>
        <PlainButton kind="link" onClick={onAgain}>
          {say.again}
        </PlainButton>
        <PlainButton kind="link" onClick={onBack}>
          {signInText.backToSignIn}
        </PlainButton>
      </div>
    </div>
  );
}
