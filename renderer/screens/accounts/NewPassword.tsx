import { Button } from 'antd';
import { useState } from 'react';
import { FormLine } from '#renderer/components/FormLine.tsx';
import { passwordProblem } from '#renderer/screens/start/PasswordLines.tsx';
import type { Attempt } from '#renderer/state/attempt.ts';
import { call } from '#renderer/state/bureau.ts';
import type { AccountShown } from '#shared/api/types.ts';
import { accountsText as say } from '#shared/text/safety.ts';
import { commonText } from '#shared/text/window.ts';

type Props = { account: AccountShown; work: Attempt; onClose(): void };

/** A password to begin with, for somebody who forgot his. */
export function NewPassword({ account, work, onClose }: Props) {
  const [password, setPassword] = useState('');
  const [problem, setProblem] = useState<string | null>(null);
  const save = async () => {
    const fault = passwordProblem(password, password);
    setProblem(fault);
    if (fault !== null) return;
    const isSet = await work.attempt(async () => {
      await call('account.setPassword', { id: account.id, password });
      return say.passwordSet(account.name);
    });
    if (isSet) onClose();
  };
  return (
    <section className="section framed" aria-label={say.passwordTitle(account.name)}>
      <h2 className="section-title">{say.passwordTitle(account.name)}</h2>
      <div data-form>
        <FormLine
          id="account-password"
          type="password"
          label={say.firstPassword}
          value={password}
          onChange={setPassword}
          onSubmit={() => void save()}
          autoComplete="new-password"
          hint={say.firstPasswordHint}
          problem={problem}
          autoFocus
        />
      </div>
      <Button size="small" type="primary" loading={work.isBusy} onClick={() => void save()}>
        {say.setPassword}
      </Button>{' '}
      <Button size="small" onClick={onClose}>
        {commonText.cancel}
      </Button>
    </section>
  );
}
