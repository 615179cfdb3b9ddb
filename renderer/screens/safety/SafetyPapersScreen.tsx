import { Button } from 'antd';
import { useState } from 'react';
import { FailureAlert } from '#renderer/components/FailureAlert.tsx';
import { useFocusBack } from '#renderer/components/focus.ts';
import { PrintButtons } from '#renderer/components/PrintButtons.tsx';
import { type Attempt, useAttempt } from '#renderer/state/attempt.ts';
import { call } from '#renderer/state/bureau.ts';
import { today } from '#renderer/state/clock.ts';
import { usePrint } from '#renderer/state/print.ts';
import { useSees } from '#renderer/state/program.ts';
import { useQuery } from '#renderer/state/queries.ts';
import { asDay, yearOf } from '#shared/domain/day.ts';
import {
  perPerson,
  type SafetyPaperKind,
  safetyPaperKinds,
  safetyPapers,
} from '#shared/domain/safety-papers.ts';
import { printText } from '#shared/text/prints.ts';
import { safetyPaperText as say } from '#shared/text/safety-papers.ts';
import { NoticesDialog } from './NoticesDialog.tsx';

/** Papers, rules and notices on the safety of personal data, and the yearly self-check: each to be printed or taken as Word. */
export function SafetyPapersScreen() {
  const attempt = useAttempt();
  return (
    <section className="screen" aria-label={say.title}>
      <header className="screen-head">
        <h1 className="screen-title">{say.title}</h1>
        <span className="quiet" role="status">
          {attempt.done}
        </span>
      </header>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: a scrolling area must be reachable by keyboard */}
      <section className="scroll pad" tabIndex={0} aria-label={say.list}>
        <FailureAlert failure={attempt.failure} again={attempt.again} />
        <p className="quiet">{say.hint}</p>
        {safetyPaperKinds.map((kind) => (
          <Paper key={kind} kind={kind} attempt={attempt} />
        ))}
      </section>
    </section>
  );
}

/** Years that a self-check can be of: this one and those before. */
const yearsBack = 3;

function Paper({ kind, attempt }: { kind: SafetyPaperKind; attempt: Attempt }) {
  const [chosen, setChosen] = useState('');
  const [isEach, setEach] = useState(false);
  useFocusBack(isEach);
  const { ledger } = safetyPapers[kind];
  const isSeen = useSees(ledger ?? '');
  const records = useQuery('ledger.choices', ledger === null || !isSeen ? null : { ledger, limit: 100 });
  const thisYear = yearOf(asDay(today()));
  const title = say.titles[kind];
  const input = {
    kind,
    ...(chosen === '' ? {} : kind === 'selfCheck' ? { year: Number(chosen) } : { id: chosen }),
  };
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
  const choices =
    kind === 'selfCheck'
      ? Array.from({ length: yearsBack + 1 }, (_none, back) => {
          const year = String(thisYear - back);
          return { id: back === 0 ? '' : year, label: year };
        })
      : [{ id: '', label: say.blank }, ...(records.value ?? [])];
  const of = kind === 'selfCheck' ? say.year : (say.record[ledger ?? ''] ?? '');
  return (
    <section className="safety-paper" aria-label={title}>
      <div className="safety-paper-text">
        <h2 className="section-title">{title}</h2>
        <p className="quiet">{say.about[kind]}</p>
      </div>
      <div className="safety-paper-ways">
        {of !== '' && (
          <select
            className="field-input safety-paper-choice"
            aria-label={say.pick(title, of)}
            value={chosen}
            onChange={({ target }) => setChosen(target.value)}
          >
            {choices.map(({ id, label }) => (
              <option key={id} value={id}>
                {label}
              </option>
            ))}
          </select>
        )}
        {kind === perPerson && (
          <Button size="small" onClick={() => setEach(true)}>
            {say.each}
          </Button>
        )}
        <PrintButtons work={work} />
      </div>
      {isEach && <NoticesDialog incident={chosen} onClose={() => setEach(false)} />}
    </section>
  );
}
