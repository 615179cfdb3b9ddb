import { App, Button } from 'antd';
import { useLayoutEffect, useRef, useState } from 'react';
import { call } from '#renderer/state/bureau.ts';
import { localInstant } from '#renderer/state/clock.ts';
import { useSession } from '#renderer/state/program.ts';
import { refresh } from '#renderer/state/queries.ts';
import { isOnlyWaiting, titleOfDraft } from '#renderer/state/record-begin.ts';
import { openRecord } from '#renderer/state/route.ts';
import type { Draft } from '#shared/api/types.ts';
import { maskNames } from '#shared/domain/masking.ts';
import { headlineOf } from '#shared/ledgers/content.ts';
import type { LedgerSpec } from '#shared/ledgers/describe.ts';
import { hasVeiledHeadline, veiledContent } from '#shared/ledgers/veil.ts';
import { draftText } from '#shared/text/records.ts';
import { commonText } from '#shared/text/window.ts';

type Props = { ledger: LedgerSpec; drafts: readonly Draft[]; title: string };

/** A few stand above a list; more are shown when somebody asks. */
const folded = 5;

/** Who a draft is about: masked as the list below it, whoever typed it. In the form one's own typing stands whole. */
function titleIn(ledger: LedgerSpec, draft: Draft, isVeiled: boolean): string {
  if (!isVeiled) return headlineOf(ledger, draft.content) || titleOfDraft(draft);
  const title = titleOfDraft(draft);
  return (
    headlineOf(ledger, veiledContent(ledger, draft.content)) ||
    (hasVeiledHeadline(ledger) ? maskNames(title) : title)
  );
}

/** What was begun and not saved: to go on with, or to give up. */
export function DraftList({ ledger, drafts, title }: Props) {
  const { modal } = App.useApp();
  const isVeiled = useSession()?.isVeiled === true;
  const [isOpen, setOpen] = useState(false);
  const list = useRef<HTMLUListElement>(null);
  // The button that was pressed is gone: the keys go on at the first draft that it brought
  useLayoutEffect(() => {
    if (isOpen) list.current?.children[folded]?.querySelector('button')?.focus();
  }, [isOpen]);
  const shown = isOpen ? drafts : drafts.slice(0, folded);
  const discard = (draft: Draft) =>
    modal.confirm({
      title: draftText.discardSure,
      okText: commonText.discard,
      cancelText: commonText.cancel,
      onOk: async () => {
        await call('draft.discard', { id: draft.id });
        refresh();
      },
    });
  return (
    <section className="drafts" aria-label={title}>
      <h2 className="drafts-title">{commonText.beside(title, drafts.length)}</h2>
      <ul ref={list}>
        {shown.map((draft) => (
          <li key={draft.id}>
            <span>
              {draft.recordId === null
                ? draftText.isNew(ledger.noun)
                : isOnlyWaiting(draft)
                  ? draftText.isWaiting
                  : draftText.isChange(ledger.noun)}
            </span>
            <strong>{titleIn(ledger, draft, isVeiled) || draftText.untitled}</strong>
            <span className="quiet">{draftText.updated(localInstant(draft.updatedAt))}</span>
            <Button size="small" type="link" onClick={() => openRecord(ledger.name, draft.recordId, draft)}>
              {commonText.resume}
            </Button>
            <Button size="small" type="link" danger onClick={() => discard(draft)}>
              {commonText.discard}
            </Button>
          </li>
        ))}
      </ul>
      {shown.length < drafts.length && (
        <Button size="small" type="link" onClick={() => setOpen(true)}>
          {draftText.more(drafts.length - shown.length)}
        </Button>
      )}
    </section>
  );
}
