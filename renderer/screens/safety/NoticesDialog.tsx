import { Button } from 'antd';
import { useId, useLayoutEffect, useRef, useState } from 'react';
import { Combobox } from '#renderer/components/Combobox.tsx';
import { FailureAlert } from '#renderer/components/FailureAlert.tsx';
import { PrintButtons } from '#renderer/components/PrintButtons.tsx';
import { TypedInput } from '#renderer/components/TypedInput.tsx';
import { useAttempt } from '#renderer/state/attempt.ts';
import { call } from '#renderer/state/bureau.ts';
import { today } from '#renderer/state/clock.ts';
import { usePrint } from '#renderer/state/print.ts';
import { useSees } from '#renderer/state/program.ts';
import { useQuery } from '#renderer/state/queries.ts';
import { namesIn } from '#shared/domain/name-list.ts';
import { mostNotices, perPerson } from '#shared/domain/safety-papers.ts';
import { mediation } from '#shared/ledgers/mediation.ts';
import { printText } from '#shared/text/prints.ts';
import { safetyPaperText as say } from '#shared/text/safety-papers.ts';
import { commonText } from '#shared/text/window.ts';

/**
 * A notice for everybody whom an incident concerns, in one print. Names are pasted or taken out of cases; the dialog
 * forgets them when it is closed, and they wait behind no lock.
 */
export function NoticesDialog({ incident, onClose }: { incident: string; onClose(): void }) {
  const id = useId();
  const dialog = useRef<HTMLDialogElement>(null);
  const [typed, setTyped] = useState('');
  const [said, setSaid] = useState('');
  const seesCases = useSees(mediation.name);
  const attempt = useAttempt();
  const names = namesIn(typed);
  const isTooMany = names.length > mostNotices;
  const input = { kind: perPerson, names, ...(incident === '' ? {} : { id: incident }) };
  const title = say.titles[perPerson];
  const work = usePrint(
    {
      title: printText.pdfTitle(title),
      name: printText.fileName(title, today()),
      order: () => ({ method: 'safety.paper', input }),
      write: async (to, file) => {
        await call('safety.makePaper', { ...input, ...to });
        return printText.savedWord(file);
      },
    },
    attempt,
  );
  useLayoutEffect(() => {
    dialog.current?.showModal();
    document.getElementById(`${id}-names`)?.focus();
  }, [id]);
  const close = () => {
    dialog.current?.close();
    onClose();
  };
  const take = (more: readonly string[], from: string) => {
    setTyped([typed.trimEnd(), ...more].filter((line) => line !== '').join('\n'));
    setSaid(say.namesAdded(more.length, from));
  };
  return (
    <dialog ref={dialog} className="ask notices" aria-labelledby={`${id}-title`} onCancel={onClose}>
      <h2 id={`${id}-title`} className="section-title ask-title">
        {say.eachTitle}
      </h2>
      <p className="quiet ask-hint">{say.eachHint}</p>
      <div className="notices-lines" data-form>
        <label htmlFor={`${id}-names`} className="field-label">
          {say.names}
        </label>
        <TypedInput
          id={`${id}-names`}
          shown={typed}
          onType={setTyped}
          isLong
          placeholder={say.namesHint}
          describedBy={`${id}-count`}
        />
        {seesCases && (
          <>
            <label htmlFor={`${id}-case`} className="field-label">
              {say.fromCases}
            </label>
            <CaseParties id={`${id}-case`} onTake={take} attempt={attempt} />
          </>
        )}
      </div>
      <p id={`${id}-count`} className={isTooMany ? 'field-problem' : 'quiet'} role="status">
        {isTooMany
          ? say.namesTooMany(names.length, mostNotices)
          : names.length === 0
            ? say.namesEmpty
            : say.namesCount(names.length)}
        {said !== '' && ` ${said}`}
      </p>
      <FailureAlert failure={work.failure} again={work.again} />
      <div className="ask-foot">
        <span className="quiet" role="status">
          {work.isBusy ? printText.working : work.done}
        </span>
        <span className="stretch" />
        <PrintButtons work={work} isDisabled={names.length === 0 || isTooMany} />
        <Button onClick={close}>{commonText.close}</Button>
      </div>
    </dialog>
  );
}

type TakeProps = {
  id: string;
  onTake(names: readonly string[], from: string): void;
  attempt: ReturnType<typeof useAttempt>;
};

/** Cases found as one types; who is chosen gives the names of its parties. */
function CaseParties({ id, onTake, attempt }: TakeProps) {
  const [text, setText] = useState('');
  const wanted = text.trim().slice(0, 60);
  // As the search above does: by number, name, pinyin, initials
  const found = useQuery('search.find', wanted === '' ? null : { text: wanted, limit: 50 });
  const cases = (found.value?.hits ?? []).filter(({ ledger }) => ledger === mediation.name);
  const options = cases.map((hit) => ({
    value: hit.id,
    label: hit.title,
    note: hit.day ?? '',
    search: wanted,
  }));
  const take = (caseId: string | null) => {
    if (caseId === null) return;
    void attempt.attempt(async () => {
      const { names, title } = await call('safety.partiesOf', { id: caseId });
      onTake(names, title);
      return null;
    });
  };
  return (
    <Combobox
      id={id}
      value={null}
      shown=""
      placeholder={say.fromCasesHint}
      options={options}
      onType={setText}
      onChoose={take}
    />
  );
}
