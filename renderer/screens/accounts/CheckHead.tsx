import { Alert, Button } from 'antd';
import { useState } from 'react';
import { Field } from '#renderer/components/Field.tsx';
import { TypedInput } from '#renderer/components/TypedInput.tsx';
import type { Attempt } from '#renderer/state/attempt.ts';
import { call, shell } from '#renderer/state/bureau.ts';
import { useKept } from '#renderer/state/kept.ts';
import type { HeadCheck, LogFileCheck } from '#shared/api/audit-types.ts';
import { logText } from '#shared/text/log.ts';
import type { LogReading } from './LogEntries.tsx';
import { LogVerdict } from './LogVerdict.tsx';

type Found = { is: 'paper'; check: HeadCheck } | { is: 'file'; check: LogFileCheck; file: string };

/** A log against what left the machine: a code on paper, or a file that was exported, here or by another unit. */
export function CheckHead({ work, onRead }: { work: Attempt; onRead(reading: LogReading): void }) {
  const [entry, setEntry] = useKept('head entry', '');
  const [code, setCode] = useKept('head code', '');
  const [found, setFound] = useState<Found | null>(null);
  const number = Number(entry);
  const isTyped = Number.isInteger(number) && number > 0 && code.trim() !== '';
  const isHalf = !isTyped && (entry.trim() !== '' || code.trim() !== '');
  const check = (ask: () => Promise<Found | null>) => {
    setFound(null);
    void work.attempt(async () => setFound(await ask()));
  };
  const paper = { entry: number, code: code.trim() };
  const checkFile = () =>
    check(async () => {
      const chosen = await shell('shell.chooseFile', { title: logText.chooseFile, extensions: ['jsonl'] });
      if (!chosen) return null;
      const file = chosen.grant;
      const made = await call('audit.checkFile', { file, ...(isTyped ? { paper } : {}) });
      return { is: 'file', check: made, file };
    });
  return (
    <section className="section" aria-label={logText.checkTitle}>
      <h2 className="section-title">{logText.checkTitle}</h2>
      <p className="quiet">{logText.checkHint}</p>
      <div className="numbering-line" data-form>
        <Field id="head-entry" label={logText.entry}>
          <TypedInput id="head-entry" shown={entry} onType={setEntry} inputMode="numeric" />
        </Field>
        <Field id="head-code" label={logText.code} problem={isHalf ? logText.both : null}>
          <TypedInput id="head-code" shown={code} onType={setCode} />
        </Field>
        <Button
          size="small"
          disabled={!isTyped || work.isBusy}
          onClick={() => check(async () => ({ is: 'paper', check: await call('audit.check', paper) }))}
        >
          {logText.checkPaper}
        </Button>
        <Button size="small" disabled={isHalf || work.isBusy} onClick={checkFile}>
          {logText.checkFile}
        </Button>
      </div>
      {found?.is === 'paper' && <PaperVerdict found={found.check} />}
      {found?.is === 'file' && (
        <LogVerdict
          found={found.check}
          work={work}
          onRead={(check) => onRead({ check, file: found.file, unit: found.check.unit })}
        />
      )}
    </section>
  );
}

function PaperVerdict({ found }: { found: HeadCheck }) {
  const isSound = found.isSame && found.broken === null;
  return isSound ? (
    <Alert type="success" showIcon title={logText.same(found.entry)} />
  ) : (
    <Alert type="error" showIcon title={logText.different(found.broken ?? found.entry)} />
  );
}
