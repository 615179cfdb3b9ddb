import { Button, Modal } from 'antd';
import { useState } from 'react';
import { FailureAlert } from '#renderer/components/FailureAlert.tsx';
import { useAttempt } from '#renderer/state/attempt.ts';
import { call } from '#renderer/state/bureau.ts';
import type { FormState } from '#renderer/state/form-state.ts';
import { setPins, usePins } from '#renderer/state/pins.ts';
import { useMay } from '#renderer/state/program.ts';
import { useQuery } from '#renderer/state/queries.ts';
import type { RecordForm } from '#renderer/state/record-form.ts';
import { blank } from '#shared/domain/phrase.ts';
import { isEmpty } from '#shared/kinds/conditions.ts';
import { assessment } from '#shared/ledgers/incidents.ts';
import { type Telling, tellings } from '#shared/ledgers/telling.ts';
import { copyText, originText, pinText } from '#shared/text/entry.ts';
import { labelOfPath } from '#shared/text/problems.ts';
import { assessmentText } from '#shared/text/safety-papers.ts';
import { commonText } from '#shared/text/window.ts';

type Props = { form: RecordForm; state: FormState };

/** Where a new record comes from, and what is kept for the next one. */
export function EntryNotices({ form, state }: Props) {
  const { ledger, account, origin, isCopy, id } = state;
  const pins = Object.keys(usePins(account, ledger.name));
  const waits = <WaitingNotice form={form} state={state} />;
  if (id !== null) return waits;
  const labels = pins.map((path) => labelOfPath(ledger, path)).join(commonText.comma);
  return (
    <>
      {origin && (
        <div className="notice">
          {originText.line(origin.title)}
          <Button type="link" size="small" onClick={form.forgetOrigin}>
            {originText.forget}
          </Button>
        </div>
      )}
      {ledger.name === assessment.name && <ProgramAssessment form={form} state={state} />}
      {isCopy && <div className="notice">{copyText.copied(blankedIn(state))}</div>}
      {waits}
      {pins.length > 0 && (
        <div className="notice notice-quiet">
          <span>{pinText.line(labels)}</span>
          <Button type="link" size="small" onClick={() => setPins(account, ledger.name, {})}>
            {pinText.clear}
          </Button>
        </div>
      )}
    </>
  );
}

/** A new assessment may begin with what the program knows of itself; what is typed already stays. */
function ProgramAssessment({ form, state: { content } }: Props) {
  const isOpen = useMay('safety.programAssessment');
  const work = useAttempt();
  if (!isOpen || !isEmpty(content.purpose)) return null;
  const fill = () =>
    work.attempt(async () => {
      const known = await call('safety.programAssessment', {});
      for (const [field, text] of Object.entries(known)) if (isEmpty(content[field])) form.put(field, text);
      return null;
    });
  return (
    <div className="notice notice-quiet">
      <span>{assessmentText.offer}</span>
      <Button type="link" size="small" loading={work.isBusy} onClick={() => void fill()}>
        {assessmentText.fill}
      </Button>
      <FailureAlert failure={work.failure} />
    </div>
  );
}

/** What gave way to blanks that still stand, here or in what waits. */
function blankedIn({ content, waiting, blanked }: FormState): Telling[] {
  const open = Object.keys(blanked).filter((field) =>
    String(content[field] ?? waiting[field] ?? '').includes(blank),
  );
  return tellings.filter((one) => open.some((field) => blanked[field]?.includes(one)));
}

/** Copied texts that wait for a choice, named with it. */
function WaitingNotice({ form, state: { ledger, waiting, content } }: Props) {
  const names = Object.keys(waiting).filter((name) => isEmpty(content[name]));
  if (names.length === 0) return null;
  const fields = [...new Set(names.flatMap((name) => ledger.fields[name]?.when?.field ?? []))];
  const labels = (paths: readonly string[]) =>
    paths.map((path) => labelOfPath(ledger, path)).join(commonText.comma);
  return (
    <div className="notice notice-quiet">
      <span>{copyText.waiting(labels(names), labels(fields))}</span>
      <Button type="link" size="small" onClick={() => void form.forgetWaiting()}>
        {copyText.forgetWaiting}
      </Button>
    </div>
  );
}

const mostLike = 12;

/** A new record of a kind takes what it can from a like one. */
export function LikeRecords({ form, state, onClose }: Props & { onClose(): void }) {
  const { ledger, content } = state;
  const [isBusy, setBusy] = useState(false);
  const found = useQuery('ledger.list', {
    ledger: ledger.name,
    filter: { kind: String(content.kind) },
    limit: mostLike,
  });
  const take = async (id: string) => {
    setBusy(true);
    await form.fillFrom(id).finally(onClose);
  };
  return (
    <Modal open title={copyText.likeTitle(ledger.noun)} footer={null} onCancel={onClose}>
      <p className="quiet">{copyText.likeHint}</p>
      <ul className="like-list">
        {(found.value?.rows ?? []).map((row, index) => (
          <li key={row.id}>
            <Button type="link" autoFocus={index === 0} disabled={isBusy} onClick={() => void take(row.id)}>
              {row.title}
            </Button>
            <span className="quiet">{String(row[ledger.day] ?? '')}</span>
            <span className="quiet">{ledger.workflow.states[row.state]?.label}</span>
          </li>
        ))}
      </ul>
      {found.value?.rows.length === 0 && <p>{copyText.likeEmpty(ledger.noun)}</p>}
    </Modal>
  );
}
