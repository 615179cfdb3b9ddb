import { Button } from 'antd';
import { Field } from '#renderer/components/Field.tsx';
import { TypedInput } from '#renderer/components/TypedInput.tsx';
import type { Attempt } from '#renderer/state/attempt.ts';
import { call } from '#renderer/state/bureau.ts';
import { today } from '#renderer/state/clock.ts';
import { useKept } from '#renderer/state/kept.ts';
import { useMay } from '#renderer/state/program.ts';
import { useQuery } from '#renderer/state/queries.ts';
import type { NumberSettings } from '#shared/api/numbering-types.ts';
import { formatCaseNumber, isCaseNumberPrefix, readCaseNumberPattern } from '#shared/domain/case-number.ts';
import { yearOf } from '#shared/domain/day.ts';
import { numberingText, patternFault, shownPattern, storedPattern } from '#shared/text/numbering.ts';
import { commonText } from '#shared/text/window.ts';

type Props = { settings: NumberSettings; attempt: Attempt };

/** The pattern and the unit's short name, with what they give. */
export function PatternSection({ settings, attempt }: Props) {
  const [pattern, setPattern] = useKept(`number pattern ${settings.ledger}`, shownPattern(settings.pattern));
  const [prefix, setPrefix] = useKept('number prefix', settings.prefix);
  const mayManage = useMay('number.change');
  const lists = useQuery('codes.lists', {});
  const offered = lists.value?.find(({ list }) => list === 'caseNumberPattern')?.items ?? [];
  const isReadOnly = !mayManage || !settings.isOwner;
  const stored = storedPattern(pattern);
  const problem = patternFault(stored);
  const reading = readCaseNumberPattern(stored);
  const isPrefix = isCaseNumberPrefix(prefix.trim());
  const example =
    reading.ok && problem === null && isPrefix
      ? formatCaseNumber(reading.pattern, { year: yearOf(today()), prefix: prefix.trim(), number: 12 })
      : null;
  const isChanged = stored !== settings.pattern || prefix.trim() !== settings.prefix;
  const save = () =>
    attempt.attempt(async () => {
      await call('number.change', {
        ledger: settings.ledger,
        pattern: stored,
        prefix: prefix.trim(),
      });
      return numberingText.saved;
    });
  return (
    <section className="section" aria-label={numberingText.form}>
      <h2 className="section-title">{numberingText.form}</h2>
      <p className="quiet">
        {isReadOnly
          ? settings.isOwner
            ? numberingText.notAllowed
            : numberingText.notOwner
          : numberingText.formHint}
      </p>
      <div className="fields" data-form>
        <Field
          id="number-pattern"
          label={numberingText.pattern}
          hint={example === null ? undefined : numberingText.example(example)}
          problem={problem}
        >
          <TypedInput
            id="number-pattern"
            shown={pattern}
            onType={setPattern}
            isInvalid={problem !== null}
            isReadOnly={isReadOnly}
            describedBy="number-pattern-note"
          />
        </Field>
        <Field
          id="number-prefix"
          label={numberingText.prefix}
          hint={numberingText.prefixHint}
          problem={isPrefix ? null : numberingText.prefixWrong}
        >
          <TypedInput
            id="number-prefix"
            shown={prefix}
            onType={setPrefix}
            isInvalid={!isPrefix}
            isReadOnly={isReadOnly}
            describedBy="number-prefix-note"
          />
        </Field>
      </div>
      {!isReadOnly && (
        <p className="numbering-buttons">
          <span className="quiet">{numberingText.offered}</span>
          {offered.map(({ code, label }) => (
            <Button key={code} size="small" onClick={() => setPattern(shownPattern(label))}>
              {shownPattern(label)}
            </Button>
          ))}
          <Button
            size="small"
            type="primary"
            disabled={!isChanged || problem !== null || !isPrefix}
            loading={attempt.isBusy}
            onClick={() => void save()}
          >
            {numberingText.save}
          </Button>
        </p>
      )}
      {settings.former.length > 1 && (
        <p className="quiet">
          {numberingText.former(settings.former.map(shownPattern).join(commonText.comma))}
        </p>
      )}
    </section>
  );
}
