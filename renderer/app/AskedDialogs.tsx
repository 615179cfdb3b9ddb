import { Button } from 'antd';
import { useEffect, useId, useLayoutEffect, useRef, useState } from 'react';
import { FailureAlert } from '#renderer/components/FailureAlert.tsx';
import { FormLine } from '#renderer/components/FormLine.tsx';
import { focusScreen } from '#renderer/components/focus.ts';
import { ReasonDialog } from '#renderer/components/ReasonDialog.tsx';
import { answerAsked, askOnce, useAsked } from '#renderer/state/asked.ts';
import { useAttempt } from '#renderer/state/attempt.ts';
import { read } from '#renderer/state/bureau.ts';
import { useKept } from '#renderer/state/kept.ts';
import { readProgram } from '#renderer/state/program.ts';
import { hasRight } from '#shared/api/rights.ts';
import type { SessionInfo } from '#shared/api/types.ts';
import { confirmText, veilText } from '#shared/text/safety.ts';
import { commonText } from '#shared/text/window.ts';

/** The questions of the core to whoever sits here: why names are to be shown, and the password once more. */
export function AskedDialogs({ session }: { session: SessionInfo }) {
  const kind = useAsked((state) => state.kind);
  const { isVeiled, account } = session;
  useEffect(() => {
    // Whoever works on cases says why once, at the beginning of the day's work.
    if (isVeiled && hasRight(account, 'sensitive.view')) askOnce(account.id);
  }, [isVeiled, account]);
  // A question that came before anything had the focus leaves it nowhere
  useLayoutEffect(() => {
    if (kind === null) focusScreen();
  }, [kind]);
  if (kind === 'reveal') return <RevealDialog />;
  return kind === 'confirm' ? <ConfirmDialog /> : null;
}

function RevealDialog() {
  const [reason, setReason] = useKept<string>('reveal reason', veilText.usual);
  const [tries, setTries] = useState(0);
  const work = useAttempt();
  const reveal = async (given: string) => {
    const isShown = await work.attempt(async () => {
      await read('session.reveal', { reason: given });
      await readProgram();
    });
    if (isShown) answerAsked(true);
    else setTries((before) => before + 1);
  };
  return (
    <ReasonDialog
      key={tries}
      words={veilText.ask}
      failure={work.failure}
      isDangerous={false}
      reason={reason}
      onType={setReason}
      onAnswer={(given) => void reveal(given)}
      onCancel={() => answerAsked(false)}
    />
  );
}

function ConfirmDialog() {
  const id = useId();
  const dialog = useRef<HTMLDialogElement>(null);
  const [password, setPassword] = useState('');
  const work = useAttempt();
  useLayoutEffect(() => dialog.current?.showModal(), []);
  const confirm = async () => {
    if (password === '' || work.isBusy) return;
    const isRight = await work.attempt(() => read('session.confirm', { password }));
    setPassword('');
    if (!isRight) return;
    dialog.current?.close();
    answerAsked(true);
  };
  const cancel = () => {
    dialog.current?.close();
    answerAsked(false);
  };
  return (
    <dialog ref={dialog} className="ask" aria-labelledby={`${id}-title`} onCancel={() => answerAsked(false)}>
      <h2 id={`${id}-title`} className="section-title ask-title">
        {confirmText.title}
      </h2>
      <p className="quiet ask-hint">{confirmText.hint}</p>
      <FormLine
        id="confirm-password"
        type="password"
        label={confirmText.password}
        value={password}
        onChange={setPassword}
        onSubmit={() => void confirm()}
        autoFocus
        autoComplete="current-password"
      />
      <FailureAlert failure={work.failure} />
      <div className="ask-foot">
        <Button onClick={cancel}>{commonText.cancel}</Button>
        <Button
          type="primary"
          disabled={password === ''}
          loading={work.isBusy}
          onClick={() => void confirm()}
        >
          {confirmText.ok}
        </Button>
      </div>
    </dialog>
  );
}
