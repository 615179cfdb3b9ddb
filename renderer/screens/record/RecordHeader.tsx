import { Button, Tag } from 'antd';
import type { Action } from '#renderer/commands/actions.ts';
import { today } from '#renderer/state/clock.ts';
import type { FormState } from '#renderer/state/form-state.ts';
import { useMay, useSession } from '#renderer/state/program.ts';
import { useQuery } from '#renderer/state/queries.ts';
import { mayTake } from '#renderer/state/reach.ts';
import { mayTakePaperNumber } from '#renderer/state/record-content.ts';
import type { RecordForm } from '#renderer/state/record-form.ts';
import { go, goBack } from '#renderer/state/route.ts';
import type { RecordContent } from '#shared/api/types.ts';
import { sealedLedgers } from '#shared/domain/sealing.ts';
import { hasPapers, numberFieldOf } from '#shared/ledgers/describe.ts';
import { allowedSteps } from '#shared/ledgers/workflow.ts';
import { attachmentText } from '#shared/text/attachments.ts';
import { copyText } from '#shared/text/entry.ts';
import { numberingText } from '#shared/text/numbering.ts';
import { paperText } from '#shared/text/papers.ts';
import { formText } from '#shared/text/records.ts';
import { sealingText } from '#shared/text/sealing.ts';
import { commonText, navigationLabels, reachText } from '#shared/text/window.ts';
import { hasRelated } from './RelatedTab.tsx';

type Props = { form: RecordForm; state: FormState; title: string; isFixed: boolean; isBrief: boolean };

const notices = {
  saved: formText.saved,
  'saved-next': formText.savedNext,
  'saved-typed': formText.savedTyped,
} as const;

/** Whose record it is, how it stands, and what saves it. */
export function RecordHeader({ form, state, title, isFixed, isBrief }: Props) {
  const { ledger, whole } = state;
  const status = whole ? ledger.workflow.states[whole.state] : undefined;
  // What is masked tells no age
  const marks = whole?.isVeiled ? [] : (ledger.marks?.(state.content as RecordContent, today()) ?? []);
  const numberField = ledger.number?.field ?? '';
  const number = whole?.record[numberField];
  const mayTake = mayTakePaperNumber(ledger, whole);
  const isPending = whole !== null && mayTake && !ledger.workflow.states[whole.state]?.isUnnumbered;
  const said = state.notice ? notices[state.notice] : state.draft === 'kept' ? formText.draftKept : undefined;
  return (
    <header className="screen-head">
      <div className="head-what">
        <Button size="small" onClick={goBack}>
          {commonText.back}
        </Button>
        <h1 className="screen-title" title={title}>
          {title}
        </h1>
        {status && <Tag color={status.tone}>{status.label}</Tag>}
        {marks.map((mark) => (
          <Tag key={mark}>{mark}</Tag>
        ))}
        {typeof number === 'string' && number !== '' && <span className="quiet nowrap">{number}</span>}
        {isPending && (
          <>
            <span className="quiet nowrap">{numberingText.pending}</span>
            <span className="quiet nowrap">{numberingText.pendingWhy}</span>
          </>
        )}
        {state.draft === 'failed' ? (
          <strong className="field-problem nowrap" role="status">
            {formText.draftFailed}
          </strong>
        ) : (
          <span className="quiet" role="status" title={said}>
            {said}
          </span>
        )}
      </div>
      {!isFixed && mayTake && typeof state.content[numberField] !== 'string' && (
        <Button size="small" onClick={() => form.put(numberField, '')} title="Ctrl+Shift+N">
          {numberingText.use}
        </Button>
      )}
      {isBrief && (
        <Button size="small" onClick={() => form.showBrief(!state.isBrief)} title="Ctrl+E">
          {state.isBrief ? formText.showAll : formText.showBrief}
        </Button>
      )}
      {!isFixed && (
        <>
          <Button
            size="small"
            disabled={state.isBusy}
            onClick={() => void form.save('new')}
            title="Ctrl+Shift+S"
          >
            {formText.saveAndNew}
          </Button>
          <Button
            size="small"
            type="primary"
            loading={state.isBusy}
            onClick={() => void form.save('stay')}
            title="Ctrl+S"
          >
            {formText.save}
          </Button>
        </>
      )}
    </header>
  );
}

const textOf = (value: unknown) => (typeof value === 'string' && value !== '' ? value : null);

export type RecordView = 'form' | 'papers' | 'attachments' | 'related' | 'history';

type BarProps = {
  form: RecordForm;
  state: FormState;
  canWrite: boolean;
  view: RecordView;
  onView(view: RecordView): void;
  /** The card of the person who the record is. */
  card: Action;
};

/** What else belongs to a saved record, and the steps it may take now. */
export function RecordBar({ form, state, canWrite, view, onView, card }: BarProps) {
  const { ledger, whole } = state;
  const attachments = useQuery('attachment.list', whole ? { recordId: whole.id } : null);
  const session = useSession();
  const maySeal = useMay('sealing.apply') && sealedLedgers.includes(ledger.name);
  const numberField = numberFieldOf(ledger) ?? '';
  if (!whole) return null;
  const views: readonly [RecordView, string, string?][] = [
    ['form', formText.tabForm],
    ['papers', paperText.tab, 'Ctrl+Shift+D'],
    ['attachments', attachmentText.button(attachments.value?.length ?? 0), 'Ctrl+Shift+A'],
    ['related', formText.tabRelated],
    ['history', formText.tabHistory],
  ];
  const offered = canWrite
    ? allowedSteps(ledger.workflow, whole.state).filter(({ action }) => whole.actions.includes(action))
    : [];
  const steps = offered.filter((step) => mayTake(session, step));
  const shut = offered.filter((step) => !steps.includes(step));
  return (
    <div className="record-bar">
      <div className="record-views" role="toolbar" aria-label={formText.views}>
        {views
          .filter(([name]) => name !== 'papers' || hasPapers(ledger))
          .filter(([name]) => name !== 'related' || hasRelated(ledger))
          .map(([name, label, key]) => (
            <button
              key={name}
              type="button"
              className="record-view"
              title={key}
              aria-pressed={view === name}
              onClick={() => onView(name)}
            >
              {label}
            </button>
          ))}
      </div>
      <span className="stretch" />
      {card.isEnabled && (
        <Button size="small" type="text" onClick={card.run}>
          {card.label}
        </Button>
      )}
      {maySeal && (
        <Button
          size="small"
          type="text"
          onClick={() =>
            go({
              screen: 'sealing',
              apply: { recordId: whole.id, ledger: ledger.name, number: textOf(whole.record[numberField]) },
            })
          }
        >
          {sealingText.open}
        </Button>
      )}
      {canWrite && ledger.copies && (
        <Button size="small" type="text" title="Ctrl+D" onClick={form.copy}>
          {copyText.copy(ledger.noun)}
        </Button>
      )}
      {shut.map(({ label, opens }) => (
        <span key={label} className="quiet">
          {reachText.opens(label, navigationLabels[opens?.ledger ?? ''] ?? '')}
        </span>
      ))}
      <div className="record-steps" role="toolbar" aria-label={formText.steps}>
        {steps.map((step) => (
          <Button
            key={step.action}
            size="small"
            disabled={state.isBusy}
            onClick={() => {
              onView('form');
              void form.act(step);
            }}
          >
            {step.label}
          </Button>
        ))}
      </div>
    </div>
  );
}
