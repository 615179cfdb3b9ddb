import { useState } from 'react';
import { FormLine } from '#renderer/components/FormLine.tsx';
import { PlainFailure } from '#renderer/components/PlainFailure.tsx';
import { PlainAlert, PlainButton } from '#renderer/components/plain.tsx';
import { StartCard } from '#renderer/components/StartCard.tsx';
import { useAttempt } from '#renderer/state/attempt.ts';
import { call } from '#renderer/state/bureau.ts';
import { readProgram, signOut } from '#renderer/state/program.ts';
import type { SessionInfo } from '#shared/api/types.ts';
import { lockText, signInText } from '#shared/text/start.ts';
import { useWait } from './wait.ts';

/** Nothing of the ledger is on screen behind it; the place in the program is kept. */
export function LockScreen({ session }: { session: SessionInfo }) {
  const [password, setPassword] = useState('');
  const [isMissing, setMissing] = useState(false);
  const work = useAttempt();
  const wait = useWait(work.failure);
  const submit = async () => {
    if (work.isBusy || wait > 0) return;
    if (password === '') return setMissing(true);
    setMissing(false);
    const isOpen = await work.attempt(async () => {
      await call('session.unlock', { password });
      await readProgram();
    });
    if (!isOpen) setPassword('');
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
        <PlainFailure failure={work.failure} />
        {work.failure && <p className="quiet">{lockText.forgotten}</p>}
        <div className="start-buttons">
          <PlainButton kind="primary" isBusy={work.isBusy} disabled={wait > 0} onClick={() => void submit()}>
            {wait > 0 ? signInText.wait(wait) : lockText.unlock}
          </PlainButton>
          <PlainButton kind="link" onClick={() => void signOut()}>
            {lockText.other}
          </PlainButton>
        </div>
      </div>
    </StartCard>
  );
}
