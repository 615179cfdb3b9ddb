import { Alert, Button, Drawer, Select, Spin } from 'antd';
import { useState } from 'react';
import { FailureAlert } from '#renderer/components/FailureAlert.tsx';
import { useAttempt } from '#renderer/state/attempt.ts';
import { call } from '#renderer/state/bureau.ts';
import { useMay } from '#renderer/state/program.ts';
import { useQuery } from '#renderer/state/queries.ts';
import { openRecord } from '#renderer/state/route.ts';
import type { Figure } from '#shared/domain/figures.ts';
import { ledgers } from '#shared/ledgers/all.ts';
import { errorText } from '#shared/text/errors.ts';
import { sealingText } from '#shared/text/sealing.ts';
import { commonText } from '#shared/text/window.ts';
import { figuresText } from '#shared/text/yearly.ts';

const step = 100;

/** What a rate is divided by, where that is the bureau's choice. */
function BaseChoice({ code, bases }: { code: string; bases: NonNullable<Figure['bases']> }) {
  const mayChoose = useMay('indicator.chooseBase');
  const work = useAttempt();
  const [chosen, setChosen] = useState(bases.chosen);
  const choose = (base: string) =>
    work.attempt(async () => {
      await call('indicator.chooseBase', { code, base });
      setChosen(base);
    });
  return (
    <>
      <p>
        <label htmlFor="figure-base">{figuresText.base}</label>{' '}
        <Select
          id="figure-base"
          value={chosen}
          disabled={!mayChoose || work.isBusy}
          style={{ minWidth: 240 }}
          options={bases.choices.map((one) => ({ value: one.code, label: one.name }))}
          onChange={(base) => void choose(base)}
        />
        {mayChoose && <span className="quiet"> {figuresText.baseHint}</span>}
      </p>
      <FailureAlert failure={work.failure} />
    </>
  );
}

/** The records that a figure counts; each opens. */
export function RecordsDrawer({ year, figure, onClose }: { year: number; figure: Figure; onClose(): void }) {
  const [limit, setLimit] = useState(step);
  const { value, failure } = useQuery('indicator.records', { year, code: figure.code, limit });
  return (
    <Drawer
      open
      size={520}
      title={figuresText.behind(figure.name)}
      onClose={onClose}
      closable={{ 'aria-label': commonText.close }}
    >
      <p>
        {figuresText.definition(figure.definition)}
        <span className="quiet"> {figuresText.edition(figure.version)}</span>
      </p>
      {figure.uncertain !== null && <p className="quiet">{figuresText.uncertain(figure.uncertain)}</p>}
      {figure.bases && <BaseChoice code={figure.code} bases={figure.bases} />}
      {failure && <Alert role="alert" type="error" showIcon title={errorText(failure)} />}
      {!value && !failure && <Spin />}
      {value && (
        <p role="status">
          {value.total === 0 ? figuresText.behindEmpty : figuresText.behindTotal(value.total)}
        </p>
      )}
      {value && value.stripped > 0 && <p className="quiet">{sealingText.stripped(value.stripped)}</p>}
      <ol className="behind" data-testid="records-behind">
        {value?.records.map((record) => (
          <li key={record.id}>
            <button
              type="button"
              className="link"
              onClick={() => {
                onClose();
                openRecord(record.ledger, record.id);
              }}
            >
              {record.title}
            </button>{' '}
            <span className="quiet">{ledgers.find(({ name }) => name === record.ledger)?.noun}</span>
          </li>
        ))}
      </ol>
      {value && value.records.length < value.total && (
        <Button size="small" onClick={() => setLimit(limit + step * 5)}>
          {figuresText.more}
        </Button>
      )}
    </Drawer>
  );
}
