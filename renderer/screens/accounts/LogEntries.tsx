import { Button } from 'antd';
import { useLayoutEffect, useRef, useState } from 'react';
import { DayInput } from '#renderer/components/DayInput.tsx';
import { FailureAlert } from '#renderer/components/FailureAlert.tsx';
import { Field } from '#renderer/components/Field.tsx';
import { past } from '#renderer/components/past-day.ts';
import { TableHead } from '#renderer/components/TableHead.tsx';
import { TypedInput } from '#renderer/components/TypedInput.tsx';
import { localInstant, today } from '#renderer/state/clock.ts';
import { useKept } from '#renderer/state/kept.ts';
import { useQuery } from '#renderer/state/queries.ts';
import type { LogLine } from '#shared/api/audit-types.ts';
import { isDay } from '#shared/domain/day.ts';
import { auditActions, auditText } from '#shared/text/audit.ts';
import { logText } from '#shared/text/log.ts';

const pageSize = 100;
/** Stands for every act but looks at lists; no act is called so. */
const acts = '-';

/** The log of another unit that is read in place of the own one: which check of it, and the file that was chosen. */
export type LogReading = { check: number; file: string; unit: string };

/** Entries by day, account, machine and act: of the own log, or of another unit's that was checked. */
export function LogEntries({ reading, onClose }: { reading: LogReading | null; onClose(): void }) {
  const [asked, setAsked] = useKept('log asked', {
    from: '',
    to: '',
    account: '',
    machine: '',
    record: '',
    action: '',
  });
  // Each look is written down: a number is asked for once it is typed, not sign by sign.
  const [record, setRecord] = useKept('log record', asked.record);
  const [limit, setLimit] = useState(pageSize);
  const given = (field: 'account' | 'machine' | 'record') =>
    asked[field].trim() === '' ? {} : { [field]: asked[field].trim() };
  const question = {
    limit,
    ...(isDay(asked.from) ? { from: asked.from } : {}),
    ...(isDay(asked.to) ? { to: asked.to } : {}),
    ...given('account'),
    ...given('machine'),
    ...given('record'),
    ...(asked.action === ''
      ? {}
      : asked.action === acts
        ? { isWithoutLooks: true }
        : { actions: [asked.action] }),
  };
  const own = useQuery('audit.list', reading ? null : question);
  const foreign = useQuery(
    'audit.foreign',
    reading ? { check: reading.check, file: reading.file, ...question } : null,
  );
  const back = useRef<HTMLButtonElement>(null);
  // What was asked for stands below the fold.
  useLayoutEffect(() => back.current?.focus(), []);
  const page = reading ? foreign : own;
  const set = (field: keyof typeof asked) => (value: string) => {
    setLimit(pageSize);
    setAsked((before) => ({ ...before, [field]: value }));
  };
  return (
    <section className="section" aria-label={logText.details}>
      <h2 className="section-title">{reading ? logText.detailsOf(reading.unit) : logText.details}</h2>
      {reading && (
        <p className="log-reading">
          <span>{logText.reading}</span>
          <Button size="small" ref={back} onClick={onClose}>
            {logText.backToOwn}
          </Button>
        </p>
      )}
      <FailureAlert failure={page.failure} />
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
        <Field id="log-machine" label={logText.machine}>
          <TypedInput id="log-machine" shown={asked.machine} onType={set('machine')} />
        </Field>
        <Field id="log-record" label={logText.record}>
          <TypedInput
            id="log-record"
            shown={record}
            onType={setRecord}
            onLeave={() => record !== asked.record && set('record')(record)}
          />
        </Field>
        <Field id="log-action" label={logText.action}>
          <select
            id="log-action"
            className="field-input"
            data-enter-stop
            value={asked.action}
            onChange={(event) => set('action')(event.target.value)}
          >
            <option value="">{logText.all}</option>
            <option value={acts}>{logText.withoutLooks}</option>
            {Object.entries(auditActions).map(([action, label]) => (
              <option key={action} value={action}>
                {label}
              </option>
            ))}
          </select>
        </Field>
      </div>
      <Entries
        entries={page.value?.entries ?? null}
        empty={asked.record.trim() === '' ? logText.empty : logText.recordUnknown}
      />
      {page.value?.more && (
        <Button size="small" onClick={() => setLimit(Math.min(500, limit + pageSize))}>
          {logText.more}
        </Button>
      )}
    </section>
  );
}

function Entries({ entries, empty }: { entries: readonly LogLine[] | null; empty: string }) {
  if (entries === null) return null;
  if (entries.length === 0) return <p className="quiet">{empty}</p>;
  return (
    <table className="table">
      <TableHead labels={auditText.columns} />
      <tbody>
        {entries.map((one) => (
          <tr key={one.entry}>
            <td className="nowrap">{one.entry}</td>
            <td className="nowrap">{localInstant(one.at)}</td>
            <td className="nowrap">{one.account}</td>
            <td className="log-machine" translate="no">
              {auditText.machine(one.machine, one.installation)}
            </td>
            <td className="nowrap">{auditActions[one.action] ?? one.action}</td>
            <td>{one.title}</td>
            <td>{one.said}</td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}
