import { Button, Spin } from 'antd';
import { type KeyboardEvent, useEffect, useLayoutEffect, useRef, useState } from 'react';
import { useStore } from 'zustand';
import { type Action, useActions } from '#renderer/commands/actions.ts';
import { focusPath, useFocusBack } from '#renderer/components/focus.ts';
import { onKeys } from '#renderer/components/ime.ts';
import { call } from '#renderer/state/bureau.ts';
import { today } from '#renderer/state/clock.ts';
import { useCodes } from '#renderer/state/codes.ts';
import type { FormState } from '#renderer/state/form-state.ts';
import { useKept } from '#renderer/state/kept.ts';
import { togglePin } from '#renderer/state/pins.ts';
import { useSession } from '#renderer/state/program.ts';
import { useMayChange } from '#renderer/state/reach.ts';
import { check } from '#renderer/state/record-check.ts';
import { createRecordForm, type RecordForm } from '#renderer/state/record-form.ts';
import { shownWith } from '#renderer/state/record-waiting.ts';
import { comesBackAs, goAside, type Route, recordRoute } from '#renderer/state/route.ts';
import type { RecordContent } from '#shared/api/types.ts';
import { headlineOf } from '#shared/ledgers/content.ts';
import { hasPapers, type LedgerSpec } from '#shared/ledgers/describe.ts';
import { personSpecOf } from '#shared/ledgers/persons.ts';
import { allowedSteps } from '#shared/ledgers/workflow.ts';
import { attachmentText } from '#shared/text/attachments.ts';
import { keysText } from '#shared/text/entry.ts';
import { paperText } from '#shared/text/papers.ts';
import { personText } from '#shared/text/persons.ts';
import { draftText, formText } from '#shared/text/records.ts';
import { commonText } from '#shared/text/window.ts';
import { AttachmentsTab } from './AttachmentsTab.tsx';
import { ConfirmDialog } from './ConfirmDialog.tsx';
import { ConflictPanel } from './ConflictPanel.tsx';
import { EntryNotices, LikeRecords } from './EntryNotices.tsx';
import { useFirstFocus } from './first-focus.ts';
import { HistoryTab } from './HistoryTab.tsx';
import { PapersTab } from './PapersTab.tsx';
import { PersonWarnings } from './PersonWarnings.tsx';
import { useProposal } from './Proposal.tsx';
import { RecordDeadlines } from './RecordDeadlines.tsx';
import { RecordFields } from './RecordFields.tsx';
import { RecordBar, RecordHeader, type RecordView as RecordViewName } from './RecordHeader.tsx';
import { RecordMessages } from './RecordMessages.tsx';
import { RecordPublished } from './RecordPublished.tsx';
import { newParts, RelatedTab } from './RelatedTab.tsx';
import { recordActions } from './record-actions.ts';
import { SeenWarnings } from './SeenWarnings.tsx';
import { VeilNotice } from './VeilNotice.tsx';

type Props = { ledger: LedgerSpec; route: Extract<Route, { screen: 'record' }> };

/** One record of any described ledger: form, steps, history. */
export function RecordScreen({ ledger, route }: Props) {
  const account = useSession()?.account.id;
  const [form] = useKept(`record ${route.opened}`, () =>
    createRecordForm(ledger, route.id, route.draft, today(), {
      account: account ?? '',
      begins: route.begins,
    }),
  );
  const codes = useCodes();
  useEffect(() => {
    form.useCodes(codes);
  }, [form, codes]);
  useEffect(() => {
    // A new record takes its first codes from the lists, so it waits for them; an old one does not.
    if (route.id !== null || codes.isReady) void form.load();
  }, [form, route.id, codes.isReady]);
  useEffect(
    () => () => {
      const { id } = form.store.getState();
      if (id !== null) comesBackAs(route.opened, id);
      form.leave();
    },
    [form, route.opened],
  );
  return <RecordView form={form} opened={route.opened} paper={route.paper} />;
}

type ViewProps = { form: RecordForm; opened: number; paper: string | undefined };

function RecordView({ form, opened, paper }: ViewProps) {
  const state = shownWith(useStore(form.store));
  const body = useRef<HTMLDivElement>(null);
  const scroll = useRef<HTMLDivElement>(null);
  const [view, setView] = useKept<RecordViewName>(
    `record ${opened} view`,
    paper === undefined ? 'form' : 'papers',
  );
  const { ledger, whole, id } = state;
  const { problems } = check(state);

  const mayWrite = useMayChange(ledger);
  const canWrite = mayWrite && whole?.isVeiled !== true && whole?.isOthers !== true;
  const showForm = () => setView('form');
  // Nothing in it takes the focus, so that the view itself does, to be scrolled
  const isRead = view === 'history' || view === 'related';
  const closed = whole && ledger.workflow.states[whole.state]?.isClosed ? whole.state : null;
  const isFixed = !canWrite || closed !== null;
  const session = useSession();
  const isVeiled = session?.isVeiled === true;
  // What was masked, or shown whole, is read again when that changes; a read or a save under way comes first
  useEffect(() => void form.reread(isVeiled), [form, isVeiled, state.isLoading, state.isBusy]);
  const proposal = useProposal(state);
  const [showsLike, setShowsLike] = useState(false);
  const actions = recordActions(form, { ...state, isBusy: state.isBusy || !canWrite }, isFixed, showForm, {
    proposal,
    session,
    onLike: () => setShowsLike(true),
  });
  const showPapers = {
    id: 'record.papers',
    label: paperText.tab,
    shortcut: 'Ctrl+Shift+D',
    isEnabled: whole !== null && hasPapers(ledger),
    run: () => setView('papers'),
  };
  const attachments: Action = {
    id: 'record.attachments',
    label: attachmentText.title,
    shortcut: 'Ctrl+Shift+A',
    isEnabled: whole !== null,
    run: () => setView(view === 'attachments' ? 'form' : 'attachments'),
  };
  const card: Action = {
    id: 'record.person',
    label: personText.openCard,
    isEnabled: whole !== null && personSpecOf(ledger, null) !== null,
    run: () => void openOwnCard(form, whole?.id ?? ''),
  };
  const parts = newParts(session, ledger, whole?.id ?? null);
  useActions('record', [...actions, showPapers, attachments, card, ...parts]);

  const place = useFirstFocus(body, opened, state);

  useLayoutEffect(() => {
    if (state.focusAt) focusPath(body.current, state.focusAt.path);
  }, [state.focusAt]);

  // Once for every attempt, not while the clerk mends the fields
  useLayoutEffect(() => {
    if (state.focusProblem === 0) return;
    const first = state.missing?.fields[0] ?? firstShown(body.current, Object.keys(problems));
    if (first) focusPath(body.current, first);
  }, [state.focusProblem]);

  useFocusBack(state.confirming !== null);

  // A row or a button that had the focus may be gone after a save: the keys go on working from the form
  useLayoutEffect(() => {
    if (!state.isBusy && document.activeElement === document.body) scroll.current?.focus();
  }, [state.isBusy, whole]);

  const keys = (event: KeyboardEvent) => {
    const path = (event.target as HTMLElement).dataset.path;
    if (!event.altKey || event.ctrlKey || isFixed || path === undefined) return;
    if (event.code === 'KeyP' && id === null) togglePin(state.account, ledger.name, path, state.content);
    else if (event.code === 'KeyN' && ledger.fields[path]?.mayWaive) form.toggleWaiver(path);
    else return;
    event.preventDefault();
  };

  if (state.isLoading) return <Spin className="centre" />;
  const status = whole ? ledger.workflow.states[whole.state] : undefined;
  const title =
    id === null ? formText.isNew(ledger.noun) : headlineOf(ledger, state.content as RecordContent);

  return (
    <section className="screen" aria-label={title}>
      <RecordHeader
        form={form}
        state={state}
        title={title}
        isFixed={isFixed}
        isBrief={ledger.brief !== undefined && view === 'form'}
      />
      {id !== null && <RecordDeadlines id={id} />}
      <RecordBar form={form} state={state} canWrite={canWrite} view={view} onView={setView} card={card} />
      {(whole?.isVeiled || (isVeiled && id === null)) && (
        <VeilNotice isNew={id === null} mayWrite={mayWrite} />
      )}
      {whole?.isOthers && <div className="notice">{formText.ofOthers}</div>}
      {closed !== null && canWrite && (
        <div className="notice">{formText.closed(status?.label ?? closed, wayBack(ledger, closed))}</div>
      )}
      {state.isResumed && (
        <div className="notice">
          {draftText.resumed}
          {id !== null && (
            <Button type="link" size="small" onClick={() => void form.discardChanges()}>
              {draftText.discardChanges}
            </Button>
          )}
        </div>
      )}
      {/* What is said of the fields stands with the fields; the other views need the room */}
      <div className="record-said" hidden={view !== 'form'}>
        <EntryNotices form={form} state={state} />
        <RecordMessages form={form} state={state} problems={problems} body={body} />
        <PersonWarnings form={form} state={state} />
      </div>
      <div ref={scroll} tabIndex={isRead ? 0 : -1} className={view === 'papers' ? 'scroll filled' : 'scroll'}>
        {whole && view === 'papers' && (
          <PapersTab
            whole={whole}
            isDirty={state.isDirty}
            onNumber={form.renew}
            first={paper}
            onPart={(part, from) => void openPart(form, part, from)}
          />
        )}
        {whole && view === 'attachments' && (
          <AttachmentsTab recordId={whole.id} canWrite={canWrite} isFixed={isFixed} codes={state.codes} />
        )}
        {whole && view === 'related' && <RelatedTab id={whole.id} />}
        {whole && view === 'history' && (
          <>
            <HistoryTab ledger={ledger} whole={whole} />
            <SeenWarnings id={whole.id} />
          </>
        )}
        {/* biome-ignore lint/a11y/noStaticElementInteractions: hears the keys of the fields inside */}
        <div
          ref={body}
          data-form
          className="record-body"
          key={state.started}
          hidden={view !== 'form'}
          onKeyDown={onKeys(keys)}
          {...place}
        >
          <RecordFields form={form} state={state} problems={problems} />
          {whole && view === 'form' && <RecordPublished ledger={ledger.name} id={whole.id} />}
          {!isFixed && <p className="quiet form-keys">{entryKeys(state).join(commonText.gap)}</p>}
        </div>
      </div>
      {showsLike && <LikeRecords form={form} state={state} onClose={() => setShowsLike(false)} />}
      {state.confirming && <ConfirmDialog form={form} state={state} confirming={state.confirming} />}
      {state.theirs && <ConflictPanel form={form} state={state} theirs={state.theirs} />}
    </section>
  );
}

/** The card of the person who the record is, for example of a mediator. */
async function openOwnCard(form: RecordForm, id: string): Promise<void> {
  const [person] = await call('person.inRecord', { id });
  if (person) goAside(await form.keepPlace(), { screen: 'person', key: person.key });
}

/** What happened to the person whose papers are looked at. */
async function openPart(
  form: RecordForm,
  part: { ledger: string; id: string },
  paper: string,
): Promise<void> {
  goAside({ ...(await form.keepPlace()), paper }, recordRoute(part.ledger, part.id));
}

/** Keys that a form of this ledger knows. */
const entryKeys = ({ ledger, id }: FormState): string[] => {
  const specs = Object.values(ledger.fields);
  return [
    ...(specs.some(({ kind }) => kind === 'note') ? [keysText.phrases] : []),
    ...(specs.some(({ mayWaive }) => mayWaive) ? [keysText.waive] : []),
    ...(id === null ? [keysText.pin, keysText.next] : []),
  ];
};

/** The step that opens a closed record again, as its button says. */
const wayBack = (ledger: LedgerSpec, closed: string) =>
  allowedSteps(ledger.workflow, closed).find(({ to }) => !ledger.workflow.states[to]?.isClosed)?.label ??
  null;

/** The problem whose field stands first on the screen. */
function firstShown(form: HTMLElement | null, paths: string[]): string | undefined {
  const shown = [...(form?.querySelectorAll<HTMLElement>('[data-path]') ?? [])].map(
    (field) => field.dataset.path ?? '',
  );
  return shown.find((path) => paths.includes(path)) ?? paths[0];
}
