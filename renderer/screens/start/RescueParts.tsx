import { Alert, Button } from 'antd';
import { useState } from 'react';
import { FormLine } from '#renderer/components/FormLine.tsx';
import type { Attempt } from '#renderer/state/attempt.ts';
import { call, shell } from '#renderer/state/bureau.ts';
import type { ProgramState } from '#shared/api/types.ts';
import { rescueText } from '#shared/text/care.ts';
import { repairText } from '#shared/text/repair.ts';
import { signInText } from '#shared/text/start.ts';

export type Rescue = {
  isBusy: boolean;
  attempt(run: () => Promise<ProgramState | null>): Promise<boolean>;
};

/** A damaged ledger, put together from a copy and what can be read of it. The key needs a password. */
export function RepairPart({
  isBusy,
  attempt,
  onDone,
}: Rescue & { onDone(made: { said: string; program: ProgramState }): void }) {
  const [account, setAccount] = useState('');
  const [password, setPassword] = useState('');
  const isReady = account.trim() !== '' && password !== '';
  const repair = () => {
    if (!isReady || isBusy) return;
    void attempt(async () => {
      const { repaired, program } = await call('program.repair', { account: account.trim(), password });
      onDone({ said: repairText.done(repaired), program });
      return null;
    });
  };
  return (
    <section data-form className="section" aria-label={rescueText.repair}>
      <h2 className="section-title">{rescueText.repair}</h2>
      <p className="quiet">{rescueText.repairHint}</p>
      <FormLine id="repair-account" label={signInText.account} value={account} onChange={setAccount} />
      <FormLine
        id="repair-password"
        type="password"
        label={signInText.password}
        value={password}
        onChange={setPassword}
        onSubmit={repair}
        hint={rescueText.passwordWhy}
      />
      <div className="start-buttons">
        <Button type="primary" loading={isBusy} disabled={!isReady} onClick={repair}>
          {isBusy ? rescueText.repairing : rescueText.repair}
        </Button>
      </div>
    </section>
  );
}

/** A key file that is missing or harmed comes from beside a copy, or from where somebody kept it. */
export function KeyPart({ isBusy, attempt, hasKey }: Rescue & { hasKey: boolean }) {
  const choose = () =>
    attempt(async () => {
      const input = { title: rescueText.chooseKeyTitle, extensions: ['key'] };
      const chosen = await shell('shell.chooseFile', input);
      return chosen ? call('program.takeKey', { file: chosen.grant }) : null;
    });
  return (
    <section className="section" aria-label={rescueText.takeKey}>
      <p className="quiet">{rescueText.keyHint}</p>
      <div className="start-buttons">
        {hasKey && (
          <Button
            type="primary"
            disabled={isBusy}
            onClick={() => void attempt(() => call('program.takeKey', {}))}
          >
            {rescueText.takeKey}
          </Button>
        )}
        <Button disabled={isBusy} onClick={() => void choose()}>
          {rescueText.chooseKey}
        </Button>
      </div>
    </section>
  );
}

/**
 * A ledger that was moved away, came from another PC, or was copied on this one: whether the other goes on decides who
 * gives the numbers.
 */
export function GoOnPart({ isBusy, attempt, isSameMachine }: Rescue & { isSameMachine: boolean }) {
  const [reason, setReason] = useState('');
  const [isAsking, setAsking] = useState(false);
  const goOn = (isAlone: boolean) =>
    attempt(() => call('program.goOn', { takesOver: isAlone, reason: reason.trim() }));
  if (!isAsking)
    return (
      <div className="start-buttons">
        <Button disabled={isBusy} onClick={() => setAsking(true)}>
          {rescueText.goOnTitle}
        </Button>
      </div>
    );
  const isReady = reason.trim() !== '' && !isBusy;
  return (
    <section data-form className="section" aria-label={rescueText.goOnTitle}>
      <h2 className="section-title">{rescueText.goOnTitle}</h2>
      <FormLine
        id="go-on-reason"
        label={rescueText.reason}
        value={reason}
        onChange={setReason}
        hint={rescueText.reasonHint}
        autoFocus
      />
      {[
        { isAlone: true, ...(isSameMachine ? takesOverHere : takesOver) },
        { isAlone: false, ...(isSameMachine ? besideHere : beside) },
      ].map(({ isAlone, label, hint }) => (
        <p key={label}>
          <Button disabled={!isReady} onClick={() => void goOn(isAlone)}>
            {label}
          </Button>{' '}
          <span className="quiet">{hint}</span>
        </p>
      ))}
    </section>
  );
}

const takesOver = { label: rescueText.takesOver, hint: rescueText.takesOverHint };
const beside = { label: rescueText.beside, hint: rescueText.besideHint };
const takesOverHere = { label: rescueText.takesOverHere, hint: rescueText.takesOverHereHint };
const besideHere = { label: rescueText.besideHere, hint: rescueText.besideHereHint };

/** What a technician asks for; nothing personal is in it. */
export function DiagnoseButton({ work }: { work: Attempt }) {
  const save = () =>
    work.attempt(async () => {
      const input = { title: rescueText.diagnoseTitle, name: rescueText.diagnoseFile, extensions: ['json'] };
      const chosen = await shell('shell.chooseSave', input);
      if (!chosen) return null;
      return rescueText.diagnosed(await call('program.diagnose', { out: chosen.grant }));
    });
  return (
    <Button disabled={work.isBusy} onClick={() => void save()}>
      {rescueText.diagnose}
    </Button>
  );
}

/** What came of it, before the sign-in takes its place. */
export function DoneNote({ text, onGo }: { text: string; onGo(): void }) {
  return (
    <>
      <Alert role="status" type="info" showIcon title={text} />
      <div className="start-buttons">
        <Button type="primary" autoFocus onClick={onGo}>
          {rescueText.toSignIn}
        </Button>
      </div>
    </>
  );
}
