import { Button } from 'antd';
import { Field } from '#renderer/components/Field.tsx';
import { TypedInput } from '#renderer/components/TypedInput.tsx';
import type { Attempt } from '#renderer/state/attempt.ts';
import { call } from '#renderer/state/bureau.ts';
import { useKept } from '#renderer/state/kept.ts';
import { useMay } from '#renderer/state/program.ts';
import { useQuery } from '#renderer/state/queries.ts';
import type { NumberSettings } from '#shared/api/numbering-types.ts';
import { numberingText } from '#shared/text/numbering.ts';
import { commonText } from '#shared/text/window.ts';
import { newSeries, readSeries, SeriesFields } from './SeriesFields.tsx';

type Props = { settings: NumberSettings; attempt: Attempt };

const mostGranted = 10_000;
const isId = (text: string) => /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/.test(text);

/** Several PCs of one unit: the first grants blocks, the others take them. */
export function PlacesSection({ settings, attempt }: Props) {
  const { ledger, isOwner, installation } = settings;
  const mayManage = useMay('number.grant');
  const blocks = useQuery('number.blocks', { ledger });
  const given = (blocks.value ?? []).filter(({ purpose }) => purpose === 'installation');
  return (
    <section className="section" aria-label={numberingText.places}>
      <h2 className="section-title">{numberingText.places}</h2>
      <p className="quiet">{numberingText.placesHint}</p>
      <dl className="facts">
        <dt>{numberingText.here}</dt>
        <dd>
          <code>{installation}</code>
          {commonText.aside(isOwner ? numberingText.isOwner : numberingText.isOther)}
        </dd>
        {given.map((block) => (
          <div key={block.id} className="facts-row">
            <dt>{block.year}</dt>
            <dd>
              {numberingText.block(block.first, block.last)}{' '}
              <span className="quiet">{numberingText.blockFree(block.free, block.count)}</span>
            </dd>
          </div>
        ))}
      </dl>
      {mayManage && (isOwner ? <Grant ledger={ledger} attempt={attempt} /> : <Receive attempt={attempt} />)}
    </section>
  );
}

function Grant({ ledger, attempt }: { ledger: string; attempt: Attempt }) {
  const [typed, setTyped] = useKept('number grant', newSeries);
  const [to, setTo] = useKept('number grant to', '');
  const [code, setCode] = useKept<string | null>('number grant code', null);
  const wanted = readSeries(typed, mostGranted).value;
  const grant = () =>
    attempt.attempt(async () => {
      if (!wanted) return '';
      const made = await call('number.grant', { ledger, installation: to.trim(), ...wanted });
      setCode(made.code);
      return numberingText.block(made.block.first, made.block.last);
    });
  return (
    <>
      <div className="numbering-line" data-form>
        <Field id="grant-to" label={numberingText.grantTo} hint={numberingText.grantToHint}>
          <TypedInput id="grant-to" shown={to} onType={setTo} describedBy="grant-to-note" />
        </Field>
        <SeriesFields name="grant" ledger={ledger} typed={typed} onChange={setTyped} most={mostGranted} />
        <Button
          size="small"
          disabled={wanted === null || !isId(to.trim())}
          loading={attempt.isBusy}
          onClick={() => void grant()}
        >
          {numberingText.grant}
        </Button>
      </div>
      {code !== null && (
        <Field id="grant-code" label={numberingText.code} hint={numberingText.codeHint} isWide>
          <TypedInput id="grant-code" shown={code} onType={() => undefined} isLong isReadOnly />
        </Field>
      )}
    </>
  );
}

function Receive({ attempt }: { attempt: Attempt }) {
  const [code, setCode] = useKept('number receive', '');
  const receive = () =>
    attempt.attempt(async () => {
      const block = await call('number.receive', { code });
      setCode('');
      return numberingText.received(block.first, block.last);
    });
  return (
    <div data-form>
      <Field id="receive-code" label={numberingText.code} isWide>
        <TypedInput id="receive-code" shown={code} onType={setCode} isLong />
      </Field>
      <Button
        size="small"
        disabled={code.trim() === ''}
        loading={attempt.isBusy}
        onClick={() => void receive()}
      >
        {numberingText.receive}
      </Button>
    </div>
  );
}
