import { Alert, Button } from 'antd';
import { useState } from 'react';
import { Field } from '#renderer/components/Field.tsx';
import { TypedInput } from '#renderer/components/TypedInput.tsx';
import type { Attempt } from '#renderer/state/attempt.ts';
import { call, shell } from '#renderer/state/bureau.ts';
import { useKept } from '#renderer/state/kept.ts';
import type { HeadCheck } from '#shared/api/audit-types.ts';
import { logText } from '#shared/text/audit.ts';

/** The log against what left the machine: a code on paper, or a file that was exported. */
export function CheckHead({ work }: { work: Attempt }) {
  const [entry, setEntry] = useKept('head entry', '');
  const [code, setCode] = useKept('head code', '');
  const [found, setFound] = useState<HeadCheck | null>(null);
  const number = Number(entry);
  const isTyped = Number.isInteger(number) && number > 0 && code.trim() !== '';
  const check = (ask: () => Promise<HeadCheck | null>) => {
    setFound(null);
    void work.attempt(async () => setFound(await ask()));
  };
  const checkFile = () =>
    check(async () => {
      const chosen = await shell('shell.chooseFile', { title: logText.chooseFile, extensions: ['jsonl'] });
      return chosen && call('audit.check', { file: chosen.grant });
    });
  return (
    <section className="section" aria-label={logText.checkTitle}>
      <h2 className="section-title">{logText.checkTitle}</h2>
      <p className="quiet">{logText.checkHint}</p>
      <div className="numbering-line" data-form>
        <Field id="head-entry" label={logText.entry}>
          <TypedInput id="head-entry" shown={entry} onType={setEntry} />
        </Field>
        <Field id="head-code" label={logText.code}>
          <TypedInput id="head-code" shown={code} onType={setCode} />
        </Field>
        <Button
          size="small"
          disabled={!isTyped || work.isBusy}
          onClick={() => check(() => call('audit.check', { entry: number, code: code.trim() }))}
        >
          {logText.checkPaper}
        </Button>
        <Button size="small" disabled={work.isBusy} onClick={checkFile}>
          {logText.checkFile}
        </Button>
      </div>
      {found && <Verdict found={found} />}
    </section>
  );
}

function Verdict({ found }: { found: HeadCheck }) {
  if (found.isGenuine === false) return <Alert type="error" showIcon title={logText.forged} />;
  const isSound = found.isSame && found.broken === null;
  return isSound ? (
    <Alert type="success" showIcon title={logText.same(found.entry)} />
  ) : (
    <Alert type="error" showIcon title={logText.different(found.broken ?? found.entry)} />
  );
}
