import { Alert, Button, Checkbox, Segmented, Spin } from 'antd';
import { type KeyboardEvent, useLayoutEffect, useMemo, useRef, useState } from 'react';
import { useActions } from '#renderer/commands/actions.ts';
import { FailureAlert } from '#renderer/components/FailureAlert.tsx';
import { onKeys } from '#renderer/components/ime.ts';
import { PrintButtons } from '#renderer/components/PrintButtons.tsx';
import { useAttempt } from '#renderer/state/attempt.ts';
import { call } from '#renderer/state/bureau.ts';
import { localInstant } from '#renderer/state/clock.ts';
import { useKept } from '#renderer/state/kept.ts';
import { previewPage } from '#renderer/state/preview-page.ts';
import { useMay } from '#renderer/state/program.ts';
import { useQuery } from '#renderer/state/queries.ts';
import { useMayChange } from '#renderer/state/reach.ts';
import type { Failure } from '#shared/api/errors.ts';
import type { FilePapers } from '#shared/api/paper-types.ts';
import type { IssuedPaper, Printable, Whole } from '#shared/api/types.ts';
import { ledgers } from '#shared/ledgers/all.ts';
import { caseNote } from '#shared/ledgers/case-note.ts';
import { paperText } from '#shared/text/papers.ts';
import { printText } from '#shared/text/prints.ts';
import { commonText } from '#shared/text/window.ts';
import { DossierNotes } from './DossierNotes.tsx';
import { PaperList } from './PaperList.tsx';
import { PieceChoice } from './PieceChoice.tsx';
import { entriesOf, isOwnFile, type PaperEntry, type Shown } from './paper-entries.ts';
import { blankOrder, openNote, usePaperWork } from './paper-work.ts';

/** The papers of a record: which there are, how each looks, what was issued, and the ways out. */
type Props = {
  whole: Whole;
  /** Something is typed in its form and not saved. */
  isDirty: boolean;
  /** A paper was given a number: the record has a new version. */
  onNumber(): Promise<void>;
  /** The paper that is chosen at first; the first one without it. */
  first: string | undefined;
  /** Opens the part that a paper is of; coming back goes on with that paper. */
  onPart(part: { ledger: string; id: string }, paper: string): void;
};

export function PapersTab(props: Props) {
  const { whole } = props;
  const { value, failure } = useQuery('paper.list', { id: whole.id });
  const entries = useMemo(() => (value ? entriesOf(whole.id, value) : []), [whole.id, value]);
  if (failure && !value) return <Unread failure={failure} />;
  if (!value) return <Spin className="centre" />;
  if (entries.length === 0) return <p className="quiet pad">{paperText.none}</p>;
  return <Papers {...props} entries={entries} papers={value} />;
}

type PapersProps = Props & { papers: FilePapers; entries: readonly PaperEntry[] };

function Papers({ whole, isDirty, onNumber, first, onPart, papers, entries }: PapersProps) {
  const [key, setKey] = useKept(`papers ${whole.id} chosen`, first ?? entries[0]?.key ?? '');
  const [issued, setIssued] = useState<IssuedPaper | null>(null);
  const [isBlank, setBlank] = useState(false);
  const [isUnit, setUnit] = useState(false);
  const [isHouse, setHouse] = useState(false);
  const [chosenKinds, setKinds] = useKept<Record<string, string[]>>(`papers ${whole.id} kinds`, {});
  const [ownPages, setOwnPages] = useKept<Record<string, number>>(`papers ${whole.id} pages`, {});
  const list = useRef<HTMLDivElement>(null);
  const canWrite = useMay('paper.issue');
  const mayNote = useMayChange(caseNote);
  const mayNumber = useMay('paper.number');
  const numbering = useAttempt();
  const entry = entries.find((one) => one.key === key) ?? (entries[0] as PaperEntry);
  const kinds = entry.kind === null ? (chosenKinds[entry.key] ?? null) : null;
  const shown: Shown = issued
    ? { is: 'issued', paper: issued }
    : isBlank && entry.kind !== null
      ? { is: 'blank', kind: entry.kind, title: entry.title, isUnit, isOwn: entry.isOwnKind }
      : {
          is: 'current',
          entry,
          wish: {
            ...(isHouse && entry.own !== null && !entry.isOwnKind ? { template: 'house' as const } : {}),
            ...(entry.volume === null ? {} : { volume: entry.volume }),
            ...(kinds ? { kinds } : {}),
            ...(entry.kind === null && Object.keys(ownPages).length > 0 ? { ownPages } : {}),
          },
        };
  const isOwn = isOwnFile(shown);
  const isUnsaved = isDirty && entry.record === whole.id;
  const work = usePaperWork(papers, shown);

  // The list has the focus when the tab opens, so that the arrow keys choose at once
  useLayoutEffect(() => list.current?.focus(), []);

  const choose = (next: string) => {
    setKey(next);
    setIssued(null);
    work.forget();
    numbering.forget();
  };
  const keys = (event: KeyboardEvent) => {
    const at = entries.findIndex((one) => one.key === entry.key);
    const last = entries.length - 1;
    const to = { ArrowDown: at + 1, ArrowUp: at - 1, Home: 0, End: last }[event.key];
    if (to === undefined) return;
    event.preventDefault();
    const next = entries[Math.min(Math.max(to, 0), last)];
    if (next) choose(next.key);
  };
  const { part } = entry;
  const openPart = (ledger: string) => onPart({ ledger, id: entry.record }, entry.key);
  const mayMake = canWrite || shown.is !== 'current';
  useActions('papers', [
    {
      id: 'papers.print',
      label: printText.toPaper,
      shortcut: 'Ctrl+P',
      isEnabled: mayMake && !isOwn,
      run: work.toPaper,
    },
    { id: 'papers.word', label: printText.toWord, isEnabled: mayMake, run: work.toWord },
    {
      id: 'papers.part',
      label: paperText.openPart,
      isEnabled: part !== null,
      run: () => part && openPart(part.ledger),
    },
    { id: 'papers.pdf', label: printText.toPdf, isEnabled: mayMake && !isOwn, run: work.toPdf },
  ]);
  const noteKind = entry.noteKind;
  const takeNumber = () =>
    numbering.attempt(async () => {
      const { number } = await call('paper.number', {
        id: entry.record,
        kind: entry.kind ?? '',
        copy: entry.copy,
      });
      if (entry.record === whole.id) await onNumber();
      return paperText.numberTaken(number);
    });

  return (
    <div className="papers">
      <div className="papers-side">
        <div
          ref={list}
          role="listbox"
          tabIndex={0}
          aria-label={paperText.list}
          aria-activedescendant={`paper-${entry.key}`}
          className="paper-list"
          onKeyDown={onKeys(keys)}
        >
          <PaperList entries={entries} chosen={entry.key} onChoose={choose} />
        </div>
        {entry.kind === null && (
          <PieceChoice
            papers={papers}
            volume={entry.volume}
            kinds={kinds}
            onChange={(next) => {
              setIssued(null);
              work.forget();
              const { [entry.key]: _before, ...others } = chosenKinds;
              setKinds(next === null ? others : { ...others, [entry.key]: next });
            }}
          />
        )}
        <PaperNotes
          entry={entry}
          shown={issued}
          onShow={(paper) => {
            work.forget();
            setIssued(paper);
          }}
        />
      </div>
      <div className="papers-main">
        <div className="papers-bar">
          <span className="quiet" role="status" data-testid="paper-done">
            {work.isBusy
              ? printText.working
              : (work.done ?? numbering.done ?? paperText.viewing(titleOf(shown)))}
          </span>
          {part && shown.is !== 'blank' && (
            <button type="button" className="link" onClick={() => openPart(part.ledger)}>
              {paperText.openOf(nounOf(part.ledger), part.day)}
            </button>
          )}
          <span className="stretch" />
          {shown.is === 'current' && entry.own !== null && !entry.isOwnKind && (
            <Segmented
              size="small"
              aria-label={paperText.wording}
              value={isHouse}
              options={[
                { value: false, label: entry.kind === null ? paperText.ownOfFile : paperText.own(entry.own) },
                { value: true, label: paperText.house },
              ]}
              onChange={(next) => {
                work.forget();
                setHouse(next);
              }}
            />
          )}
          {shown.is === 'blank' && papers.hasFile && (
            <Checkbox checked={isUnit} onChange={(event) => setUnit(event.target.checked)}>
              {paperText.unitBlank}
            </Checkbox>
          )}
          {shown.is === 'current' && entry.number === '' && entry.kind !== null && mayNumber && (
            <Button
              size="small"
              disabled={isUnsaved}
              title={isUnsaved ? paperText.saveFirst : undefined}
              loading={numbering.isBusy}
              onClick={() => void takeNumber()}
            >
              {paperText.takeNumber}
            </Button>
          )}
          {noteKind && mayNote && (
            <Button size="small" onClick={() => openNote(whole, papers, noteKind)}>
              {paperText.addNote}
            </Button>
          )}
          {entry.kind !== null && (
            <Button
              size="small"
              aria-pressed={isBlank}
              onClick={() => {
                setIssued(null);
                work.forget();
                setBlank(!isBlank);
              }}
            >
              {isBlank ? paperText.current : paperText.blank}
            </Button>
          )}
          <PrintButtons
            work={work}
            shortcut="Ctrl+P"
            noPaper={isOwn ? paperText.ownLayout : null}
            word={shown.is === 'issued' ? paperText.reprint : printText.toWord}
            isDisabled={!mayMake}
          />
        </div>
        {isOwn && <p className="quiet papers-own">{paperText.ownLayout}</p>}
        {shown.is === 'current' && entry.blanks.length > 0 && (
          <Alert type="warning" showIcon title={paperText.blankText(entry.blanks)} role="status" />
        )}
        {shown.is === 'current' && (entry.missing.length > 0 || entry.blanks.length === 0) && (
          <p className="quiet papers-open">
            {entry.missing.length > 0 ? paperText.missing(entry.missing) : entry.hint}
          </p>
        )}
        <FailureAlert failure={work.failure ?? numbering.failure} again={work.again} />
        <Preview shown={shown} onCount={setOwnPages} />
      </div>
    </div>
  );
}

const nounOf = (name: string): string => ledgers.find((ledger) => ledger.name === name)?.noun ?? '';

function titleOf(shown: Shown): string {
  if (shown.is === 'issued') return shown.paper.title;
  if (shown.is === 'blank') return `${paperText.blank}${commonText.quoted(shown.title)}`;
  return `${shown.entry.title}${shown.entry.label}`;
}

/** Each time a paper was issued. */
function PaperNotes({
  entry,
  shown,
  onShow,
}: {
  entry: PaperEntry;
  shown: IssuedPaper | null;
  onShow(paper: IssuedPaper | null): void;
}) {
  return (
    <section className="paper-notes" aria-label={paperText.history}>
      <h2 className="section-title">{paperText.history}</h2>
      {entry.issued.length === 0 && <p className="quiet">{paperText.noHistory}</p>}
      <ul className="issued-list">
        {entry.issued.map((paper) => (
          <li key={paper.id}>
            <button
              type="button"
              className="link"
              aria-pressed={shown?.id === paper.id}
              onClick={() => onShow(shown?.id === paper.id ? null : paper)}
            >
              {paperText.issuedLine(localInstant(paper.at), paper.by, paper.templateVersion, paper.isOwn)}
            </button>
            <span className="quiet"> {paperText.hash(paper.hash)}</span>
          </li>
        ))}
      </ul>
    </section>
  );
}

type PreviewProps = { shown: Shown; onCount(pages: Record<string, number>): void };

function Preview({ shown, onCount }: PreviewProps) {
  const issued = useQuery('issued.preview', shown.is === 'issued' ? { issued: shown.paper.id } : null);
  const blank = useQuery('paper.blank', shown.is === 'blank' ? blankOrder(shown) : null);
  const { entry = null, wish = {} } = shown.is === 'current' ? shown : {};
  const id = entry?.record ?? '';
  const wording = wish.template ? { template: wish.template } : {};
  const paper = useQuery(
    'paper.preview',
    entry?.kind ? { id, kind: entry.kind, copy: entry.copy, ...wording } : null,
  );
  const dossier = useQuery('dossier.preview', entry && entry.kind === null ? { id, ...wish } : null);
  const state = { issued, blank, current: entry?.kind === null ? dossier : paper }[shown.is];
  return (
    <>
      <Unread failure={state.failure} />
      {state === dossier && dossier.value && (
        <DossierNotes page={dossier.value} counted={wish.ownPages ?? {}} onCount={onCount} />
      )}
      {state.value && <PreviewPage page={state.value} />}
      {!state.value && !state.failure && <Spin className="centre" />}
    </>
  );
}

/** Why a paper is not shown; to an account that sees masked names only, that is nothing gone wrong. */
function Unread({ failure }: { failure: Failure | null }) {
  const mayReveal = useMay('session.reveal');
  if (failure?.code === 'veiled' && !mayReveal) return <p className="quiet">{paperText.alwaysVeiled}</p>;
  return <FailureAlert failure={failure} />;
}

function PreviewPage({ page }: { page: Printable }) {
  const html = useMemo(() => previewPage(page.html), [page]);
  return <iframe className="report-page" title={paperText.preview} sandbox="" srcDoc={html} />;
}
