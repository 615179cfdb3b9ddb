import { Button } from 'antd';
import { useState } from 'react';
import { FailureAlert } from '#renderer/components/FailureAlert.tsx';
import { FormLine } from '#renderer/components/FormLine.tsx';
import { StartCard } from '#renderer/components/StartCard.tsx';
import { useAttempt } from '#renderer/state/attempt.ts';
import { shell } from '#renderer/state/bureau.ts';
import { printedText } from '#renderer/state/print.ts';
import type { Account } from '#shared/api/types.ts';
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
  const work = useAttempt();
  const print = () =>
    work.attempt(
      async () => {
        const { printed } = await shell('shell.printText', {
          title: recoveryKeyText.printTitle,
          lines: [recoveryKeyText.printUnit(unit), recoveryKey, recoveryKeyText.printKeep],
        });
        return printedText(printed);
      },
      { mayRepeat: true },
    );
  const submit = () => {
    if (lastGroup(typed) !== lastGroup(recoveryKey)) return setProblem(recoveryKeyText.differs);
    setProblem(null);
    void work.attempt(onDone);
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
        <FailureAlert failure={work.failure} again={work.again} />
        <p role="status" className="quiet">
          {work.done}
        </p>
        <div className="start-buttons">
          <Button onClick={() => void print()} disabled={work.isBusy}>
            {commonText.print}
          </Button>
          <Button type="primary" loading={work.isBusy} onClick={submit}>
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
