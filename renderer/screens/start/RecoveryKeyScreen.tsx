import { Alert, Button } from 'antd';
import { useState } from 'react';
import { FormLine } from '#renderer/components/FormLine.tsx';
import { StartCard } from '#renderer/components/StartCard.tsx';
import { failureFrom, shell } from '#renderer/state/bureau.ts';
import type { Failure } from '#shared/api/errors.ts';
import type { Account } from '#shared/api/types.ts';
import { errorText } from '#shared/text/errors.ts';
import { recoveryKeyText } from '#shared/text/start.ts';
import { commonText, roleNames } from '#shared/text/window.ts';

type Props = {
  unit: string;
  recoveryKey: string;
  /** Accounts of a demonstration, named here because nobody else tells them. */
  accounts: readonly Account[];
  onDone(): Promise<void>;
};

/** The recovery key, shown once; its last group is asked back. */
export function RecoveryKeyScreen({ unit, recoveryKey, accounts, onDone }: Props) {
  const [typed, setTyped] = useState('');
  const [problem, setProblem] = useState<string | null>(null);
  const [failure, setFailure] = useState<Failure | null>(null);
  const [isBusy, setBusy] = useState(false);
  const attempt = async (run: () => Promise<unknown>) => {
    setBusy(true);
    setFailure(null);
    try {
      await run();
    } catch (caught) {
      setFailure(failureFrom(caught));
    } finally {
      setBusy(false);
    }
  };
  const print = () =>
    attempt(() =>
      shell('shell.printText', {
        title: recoveryKeyText.printTitle,
        lines: [recoveryKeyText.printUnit(unit), recoveryKey, recoveryKeyText.printKeep],
      }),
    );
  const submit = () => {
    if (lastGroup(typed) !== lastGroup(recoveryKey)) return setProblem(recoveryKeyText.differs);
    setProblem(null);
    void attempt(onDone);
  };
  return (
    <StartCard title={recoveryKeyText.title} unit={unit} isWide>
      <p>{recoveryKeyText.why}</p>
      <output className="recovery-key" aria-label={recoveryKeyText.key} data-testid="recovery-key">
        {recoveryKey}
      </output>
      {accounts.length > 1 && (
        <p>
          {recoveryKeyText.accounts}
          {commonText.colon}
          {accounts
            .map(({ name, role }) => recoveryKeyText.accountLine(name, roleNames[role] ?? role))
            .join(commonText.comma)}
        </p>
      )}
      <div data-form>
        <FormLine
          id="recovery-confirm"
          label={recoveryKeyText.confirm}
          hint={recoveryKeyText.confirmHint}
          value={typed}
          onChange={setTyped}
          onSubmit={submit}
          problem={problem}
          autoFocus
        />
        {failure && <Alert role="alert" type="error" showIcon title={errorText(failure)} />}
        <div className="start-buttons">
          <Button onClick={() => void print()} disabled={isBusy}>
            {commonText.print}
          </Button>
          <Button type="primary" loading={isBusy} onClick={submit}>
            {recoveryKeyText.done}
          </Button>
        </div>
      </div>
    </StartCard>
  );
}

/** What stands after the last hyphen or blank, in capitals. */
function lastGroup(key: string): string {
  return (
    key
      .trim()
      .split(/[\s-]+/)
      .at(-1) ?? ''
  ).toUpperCase();
}
