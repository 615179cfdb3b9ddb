import { Button } from 'antd';
import { Field } from '#renderer/components/Field.tsx';
import { TypedInput } from '#renderer/components/TypedInput.tsx';
import type { Attempt } from '#renderer/state/attempt.ts';
import { call } from '#renderer/state/bureau.ts';
import { useKept } from '#renderer/state/kept.ts';
import { useMay } from '#renderer/state/program.ts';
import type { NumberSettings } from '#shared/api/numbering-types.ts';
import { numberingText } from '#shared/text/numbering.ts';

/** Numbers given before the program came, in a paper register: it goes on behind the last of them. */
export function RaiseSection({ settings, attempt }: { settings: NumberSettings; attempt: Attempt }) {
  const [number, setNumber] = useKept(`number raise ${settings.ledger}`, '');
  const mayManage = useMay('number.raise');
  if (!mayManage || !settings.isOwner) return null;
  const raise = () =>
    attempt.attempt(async () => {
      const { isRaised } = await call('number.raise', { ledger: settings.ledger, number: number.trim() });
      setNumber('');
      return isRaised ? numberingText.raised : numberingText.notRaised;
    });
  return (
    <section className="section" aria-label={numberingText.raiseTitle}>
      <h2 className="section-title">{numberingText.raiseTitle}</h2>
      <p className="quiet">{numberingText.raiseHint}</p>
      <div className="numbering-line" data-form>
        <Field id="raise-number" label={numberingText.raiseNumber} hint={numberingText.raiseNumberHint}>
          <TypedInput id="raise-number" shown={number} onType={setNumber} describedBy="raise-number-note" />
        </Field>
        <Button
          size="small"
          disabled={number.trim() === ''}
          loading={attempt.isBusy}
          onClick={() => void raise()}
        >
          {numberingText.raise}
        </Button>
      </div>
    </section>
  );
}
