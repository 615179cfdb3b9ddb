import { Alert, Button } from 'antd';
import { useState } from 'react';
import { DayInput } from '#renderer/components/DayInput.tsx';
import { FailureAlert } from '#renderer/components/FailureAlert.tsx';
import { Field } from '#renderer/components/Field.tsx';
import { past } from '#renderer/components/past-day.ts';
import { ReasonDialog } from '#renderer/components/ReasonDialog.tsx';
import { useAttempt } from '#renderer/state/attempt.ts';
import { call, shell } from '#renderer/state/bureau.ts';
import { localInstant, today } from '#renderer/state/clock.ts';
import { useKept } from '#renderer/state/kept.ts';
import { usePrint } from '#renderer/state/print.ts';
import { useSession } from '#renderer/state/program.ts';
import { refresh, useQuery } from '#renderer/state/queries.ts';
import type { HandUp, LogState } from '#shared/api/audit-types.ts';
import { isDay } from '#shared/domain/day.ts';
import { headPurposeNames } from '#shared/text/audit.ts';
import { logText } from '#shared/text/log.ts';
import { printText } from '#shared/text/prints.ts';
import { logBeforeText } from '#shared/text/went-back.ts';
import { CheckHead } from './CheckHead.tsx';
import { LogChecks } from './LogChecks.tsx';
import { LogEntries, type LogReading } from './LogEntries.tsx';

/** The log of what was done and seen: how far it is proved, what stands in it, and the ways out of the machine. */
export function LogScreen() {
  const unit = useSession()?.unit.name ?? '';
  const state = useQuery('audit.state', {});
  const [reason, setReason] = useKept<string | null>('log export reason', null);
  const [sheetDay, setSheetDay] = useKept<string>('log sheet day', today());
  const [reading, setReading] = useState<LogReading | null>(null);
  const work = useAttempt();
  const sheet = usePrint(
    {
      title: logText.daySheet,
      name: logText.fileName(unit, sheetDay),
      order: () => ({ method: 'audit.daySheet', input: { on: sheetDay } }),
    },
    work,
  );
  const exportLog = (why: string) => {
    setReason(null);
    void work.attempt(async () => {
      const name = `${logText.fileName(unit, today())}.jsonl`;
      const out = await shell('shell.chooseSave', {
        title: logText.exportTitle,
        name,
        extensions: ['jsonl'],
      });
      if (!out) return null;
      const made = await call('audit.export', { out: out.grant, overwrite: true, reason: why });
      return logText.exported(made.entries, out.name);
    });
  };
  const closeReading = () => {
    setReading(null);
    refresh();
  };
  return (
    <section className="screen" aria-label={logText.title}>
      <header className="screen-head">
        <h1 className="screen-title">{logText.title}</h1>
        <span className="quiet" role="status">
          {work.done}
        </span>
      </header>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: a scrolling area must be reachable by keyboard */}
      <section className="scroll pad" tabIndex={0} aria-label={logText.body}>
        <FailureAlert failure={work.failure ?? state.failure} again={work.again} />
        {state.value && <Standing state={state.value} />}
        <div className="numbering-line" data-form>
          <Field id="sheet-day" label={logText.daySheetDay}>
            <DayInput id="sheet-day" value={sheetDay} onChange={setSheetDay} today={today()} spec={past} />
          </Field>
          <Button size="small" disabled={!isDay(sheetDay)} loading={work.isBusy} onClick={sheet.toPaper}>
            {logText.daySheet}
          </Button>
          <Button size="small" disabled={!isDay(sheetDay)} loading={work.isBusy} onClick={sheet.toPdf}>
            {printText.toPdf}
          </Button>
          <Button size="small" disabled={work.isBusy} onClick={() => setReason('')}>
            {logText.export}
          </Button>
        </div>
        <CheckHead work={work} onRead={setReading} />
        <LogChecks />
        <LogEntries key={reading?.check ?? 'own'} reading={reading} onClose={closeReading} />
      </section>
      {reason !== null && (
        <ReasonDialog
          words={logText.exportReason}
          isDangerous={false}
          reason={reason}
          onType={setReason}
          onAnswer={exportLog}
          onCancel={() => setReason(null)}
        />
      )}
    </section>
  );
}

/** How far the log is proved, and what the key that signs it is told apart by. */
function Standing({ state }: { state: LogState & { handUp: HandUp | null } }) {
  const { broken, wrongHeads, last, before, unanchored, entries, handUp } = state;
  if (broken !== null) return <Alert type="error" showIcon title={logText.broken(broken)} />;
  if (wrongHeads.length > 0)
    return <Alert type="error" showIcon title={logText.wrongHeads(wrongHeads.length)} />;
  return (
    <>
      {before !== null && !before.isRestored && <Alert type="error" showIcon title={logBeforeText(before)} />}
      <p>
        {logText.sound(entries)}
        {before?.isRestored && logBeforeText(before)}
        {last === null
          ? before === null && logText.never
          : logText.anchored(last.entry, headPurposeNames[last.purpose], localInstant(last.at)) +
            (unanchored > 0 ? logText.unanchored(unanchored) : '')}
      </p>
      {handUp?.isDue && (
        <Alert
          type="warning"
          showIcon
          title={logText.handUp(
            handUp.days,
            handUp.last === null ? logText.neverHandedUp : logText.handedUp(localInstant(handUp.last)),
          )}
        />
      )}
      {last && <p className="quiet">{logText.ownKey(last.account, last.fingerprint)}</p>}
    </>
  );
}
