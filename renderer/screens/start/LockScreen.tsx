import { Alert, Button } from 'antd';
import { useState } from 'react';
import { FormLine } from '#renderer/components/FormLine.tsx';
import { StartCard } from '#renderer/components/StartCard.tsx';
import { call, failureFrom } from '#renderer/state/bureau.ts';
import { readProgram, signOut } from '#renderer/state/program.ts';
import type { Failure } from '#shared/api/errors.ts';
import type { SessionInfo } from '#shared/api/types.ts';
import { errorText } from '#shared/text/errors.ts';
import { lockText, signInText } from '#shared/text/start.ts';

/** Nothing of the ledger is on screen behind it; the place in the program is kept. */
export function LockScreen({ session }: { session: SessionInfo }) {
  const [password, setPassword] = useState('');
  const [failure, setFailure] = useState<Failure | null>(null);
  const [isMissing, setMissing] = useState(false);
  const [isBusy, setBusy] = useState(false);
  const submit = async () => {
    if (isBusy) return;
    if (password === '') return setMissing(true);
    setMissing(false);
    setBusy(true);
    try {
      await call('session.unlock', { password });
      await readProgram();
    } catch (caught) {
      setFailure(failureFrom(caught));
      setPassword('');
    } finally {
      setBusy(false);
    }
  };
  return (
    <StartCard title={lockText.title} unit={session.unit.name}>
      <p>{lockText.hint(session.account.name)}</p>
      <div data-form>
        <FormLine
          id="unlock-password"
          type="password"
          label={signInText.password}
          value={password}
          onChange={setPassword}
          onSubmit={() => void submit()}
          autoFocus
          autoComplete="current-password"
        />
        {isMissing && <Alert role="alert" type="warning" showIcon title={lockText.missing} />}
        {failure && <Alert role="alert" type="error" showIcon title={errorText(failure)} />}
        <div className="start-buttons">
          <Button type="primary" loading={isBusy} onClick={() => void submit()}>
            {lockText.unlock}
          </Button>
          <Button type="link" onClick={() => void signOut()}>
            {lockText.other}
          </Button>
        </div>
      </div>
    </StartCard>
  );
}
