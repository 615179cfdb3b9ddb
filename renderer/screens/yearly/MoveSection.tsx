import { Button } from 'antd';
import { useState } from 'react';
import { FormLine } from '#renderer/components/FormLine.tsx';
import { PrintButtons } from '#renderer/components/PrintButtons.tsx';
import type { Attempt } from '#renderer/state/attempt.ts';
import { call, shell } from '#renderer/state/bureau.ts';
import { localInstant } from '#renderer/state/clock.ts';
import { usePrint } from '#renderer/state/print.ts';
import { takeProgram, useMay } from '#renderer/state/program.ts';
import { useQuery } from '#renderer/state/queries.ts';
import type { RepairListed } from '#shared/api/care-types.ts';
import { moveText } from '#shared/text/care.ts';
import { printText } from '#shared/text/prints.ts';
import { repairText } from '#shared/text/repair.ts';
import { signInText } from '#shared/text/start.ts';
import { commonText } from '#shared/text/window.ts';

/** A whole copy for another PC, after which this one says that the ledger has gone. */
export function MoveSection({ work }: { work: Attempt }) {
  const { busy } = work;
  const [isAsking, setAsking] = useState(false);
  const [password, setPassword] = useState('');
  const mayMove = useMay('program.move');
  if (!mayMove) return null;
  const cancel = () => {
    setPassword('');
    setAsking(false);
  };
  const move = () => {
    if (password === '' || busy !== null) return;
    const run = async () => {
      await call('session.confirm', { password });
      const chosen = await shell('shell.chooseFolder', { title: moveText.chooseTitle });
      if (!chosen) return;
      const { program } = await call('program.move', { folder: chosen.grant });
      setPassword('');
      takeProgram(program);
    };
    void work.attempt(run, { what: 'move' });
  };
  return (
    <section className="section" aria-label={moveText.title}>
      <h2 className="section-title">{moveText.title}</h2>
      <p className="quiet">{moveText.hint}</p>
      {isAsking ? (
        <div data-form className="move-ask">
          <FormLine
            id="move-password"
            type="password"
            label={signInText.password}
            value={password}
            onChange={setPassword}
            onSubmit={move}
            hint={moveText.passwordWhy}
            autoFocus
          />
          <p className="job-buttons">
            <Button
              size="small"
              type="primary"
              loading={busy === 'move'}
              disabled={password === '' || busy !== null}
              onClick={move}
            >
              {moveText.chooseTitle}
            </Button>
            <Button size="small" disabled={busy !== null} onClick={cancel}>
              {commonText.cancel}
            </Button>
          </p>
        </div>
      ) : (
        <Button size="small" disabled={busy !== null} onClick={() => setAsking(true)}>
          {moveText.run}
        </Button>
      )}
    </section>
  );
}

/** Lists of what repairs saved and what not; there is none in most ledgers. */
export function RepairsSection({ work }: { work: Attempt }) {
  const mayRead = useMay('system.repairs');
  return mayRead ? <Repairs work={work} /> : null;
}

function Repairs({ work }: { work: Attempt }) {
  const repairs = useQuery('system.repairs', {});
  if (!repairs.value || repairs.value.length === 0) return null;
  return (
    <section className="section">
      <h2 className="section-title">{repairText.title}</h2>
      {repairs.value.map((one) => (
        <Repair key={one.id} repair={one} work={work} />
      ))}
    </section>
  );
}

function Repair({ repair, work }: { repair: RepairListed; work: Attempt }) {
  const print = usePrint(
    {
      title: printText.pdfTitle(repairText.title),
      name: printText.fileName(repairText.title, repair.at.slice(0, 10)),
      order: () => ({ method: 'system.repairPage', input: { id: repair.id } }),
    },
    work,
  );
  return (
    <p className="job-buttons">
      <span>
        {repairText.repaired(localInstant(repair.at), repair.account)}
        {commonText.semicolon}
        {repair.isReadable ? repairText.counts(repair.saved, repair.lost) : repairText.unreadable}
      </span>
      <PrintButtons work={print} word={null} />
    </p>
  );
}
