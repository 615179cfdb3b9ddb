import { useState } from 'react';
import { FormLine } from '#renderer/components/FormLine.tsx';
import { PlainAlert, PlainButton } from '#renderer/components/plain.tsx';
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
        {isMissing && <PlainAlert tone="warning" title={lockText.missing} />}
        {failure && <PlainAlert tone="error" title={errorText(failure)} />}
        <div className="start-buttons">
          <PlainButton kind="primary" isBusy={isBusy} onClick={() => void submit()}>
            {lockText.unlock}
          </PlainButton>
          <PlainButton kind="link" onClick={() => void signOut()}>
            {lockText.other}
          </PlainButton>
        </div>
      </div>
    </StartCard>
  );
}
