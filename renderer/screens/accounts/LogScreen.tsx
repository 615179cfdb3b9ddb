import { Alert, Button } from 'antd';
import { useState } from 'react';
import { DayInput } from '#renderer/components/DayInput.tsx';
import { FailureAlert } from '#renderer/components/FailureAlert.tsx';
import { Field } from '#renderer/components/Field.tsx';
import { ReasonDialog } from '#renderer/components/ReasonDialog.tsx';
import { TypedInput } from '#renderer/components/TypedInput.tsx';
import { useAttempt } from '#renderer/state/attempt.ts';
import { call, shell } from '#renderer/state/bureau.ts';
import { localInstant, today } from '#renderer/state/clock.ts';
import { useKept } from '#renderer/state/kept.ts';
import { usePrint } from '#renderer/state/print.ts';
import { useSession } from '#renderer/state/program.ts';
import { useQuery } from '#renderer/state/queries.ts';
import type { LogLine, LogState } from '#shared/api/audit-types.ts';
import { isDay } from '#shared/domain/day.ts';
import type { FieldSpec } from '#shared/kinds/kind.ts';
import { auditActions, auditText, headPurposeNames, logText } from '#shared/text/audit.ts';
import { printText } from '#shared/text/prints.ts';
import { CheckHead } from './CheckHead.tsx';

const pageSize = 100;
/** A log knows no days to come. */
const past: FieldSpec = { kind: 'day', label: '', notFuture: true };

/** The log of what was done and seen: how far it is proved, what stands in it, and the ways out of the machine. */
export function LogScreen() {
  const unit = useSession()?.unit.name ?? '';
  const state = useQuery('audit.state', {});
  const [asked, setAsked] = useKept('log asked', { from: '', to: '', account: '', action: '' });
  const [limit, setLimit] = useState(pageSize);
  const [reason, setReason] = useKept<string | null>('log export reason', null);
  const [sheetDay, setSheetDay] = useKept<string>('log sheet day', today());
  const work = useAttempt();
  const page = useQuery('audit.list', {
    limit,
    ...(isDay(asked.from) ? { from: asked.from } : {}),
    ...(isDay(asked.to) ? { to: asked.to } : {}),
    ...(asked.account.trim() === '' ? {} : { account: asked.account.trim() }),
    ...(asked.action === '' ? {} : { actions: [asked.action] }),
  });
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
  const set = (field: keyof typeof asked) => (value: string) => {
    setLimit(pageSize);
    setAsked((before) => ({ ...before, [field]: value }));
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
      <section className="scroll pad" tabIndex={0} aria-label={logText.details}>
        <FailureAlert failure={work.failure ?? state.failure ?? page.failure} again={work.again} />
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
        <CheckHead work={work} />
        <h2 className="section-title">{logText.details}</h2>
        <div className="numbering-line" data-form>
          <Field id="log-from" label={logText.from}>
            <DayInput id="log-from" value={asked.from} onChange={set('from')} today={today()} spec={past} />
          </Field>
          <Field id="log-to" label={logText.to}>
            <DayInput
              id="log-to"
              value={asked.to}
              onChange={set('to')}
              today={today()}
              spec={past}
              notBefore={asked.from}
            />
          </Field>
          <Field id="log-account" label={logText.account}>
            <TypedInput id="log-account" shown={asked.account} onType={set('account')} />
          </Field>
          <Field id="log-action" label={logText.action}>
            <select
              id="log-action"
              className="field-input"
              value={asked.action}
              onChange={(event) => set('action')(event.target.value)}
            >
              <option value="">{logText.all}</option>
              {Object.entries(auditActions).map(([action, label]) => (
                <option key={action} value={action}>
                  {label}
                </option>
              ))}
            </select>
          </Field>
        </div>
        <Entries entries={page.value?.entries ?? null} />
        {page.value?.more && (
          <Button size="small" onClick={() => setLimit(Math.min(500, limit + pageSize))}>
            {logText.more}
          </Button>
        )}
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

/** How far the log is proved. */
function Standing({ state }: { state: LogState }) {
  const { broken, wrongHeads, last, unanchored, entries } = state;
  if (broken !== null) return <Alert type="error" showIcon title={logText.broken(broken)} />;
  if (wrongHeads.length > 0)
    return <Alert type="error" showIcon title={logText.wrongHeads(wrongHeads.length)} />;
  return (
    <p>
      {logText.sound(entries)}
      {last === null
        ? logText.never
        : logText.anchored(last.entry, headPurposeNames[last.purpose], localInstant(last.at)) +
          (unanchored > 0 ? logText.unanchored(unanchored) : '')}
    </p>
  );
}

function Entries({ entries }: { entries: readonly LogLine[] | null }) {
  if (entries === null) return null;
  if (entries.length === 0) return <p className="quiet">{logText.empty}</p>;
  return (
    <table className="table">
      <thead>
        <tr>
          {auditText.columns.map((label) => (
            <th key={label} scope="col">
              {label}
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        {entries.map((one) => (
          <tr key={one.entry}>
            <td className="nowrap">{one.entry}</td>
            <td className="nowrap">{localInstant(one.at)}</td>
            <td className="nowrap">{one.account}</td>
            <td className="nowrap">{auditActions[one.action] ?? one.action}</td>
            <td>{one.title}</td>
            <td>{one.said}</td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}
