import { Button } from 'antd';
import { useState } from 'react';
import { Field } from '#renderer/components/Field.tsx';
import { TypedInput } from '#renderer/components/TypedInput.tsx';
import type { Attempt } from '#renderer/state/attempt.ts';
import { call } from '#renderer/state/bureau.ts';
import { useKept } from '#renderer/state/kept.ts';
import { type EnquiryAuthority, enquiryAuthorities, wholeNumbers } from '#shared/domain/sealing.ts';
import { authorityNames, sealingText as say } from '#shared/text/sealing.ts';
import { commonText } from '#shared/text/window.ts';

const nothing = { asker: '', person: '', document: '', name: '', idNumber: '', purpose: '' };
type Typed = typeof nothing;

const labels: readonly (readonly [keyof Typed, string, string?])[] = [
  ['asker', say.asker],
  ['person', say.person],
  ['document', say.document, say.documentHint],
  ['name', say.subject],
  ['idNumber', say.idNumber],
  ['purpose', say.purpose],
];

/** One half of an enquiry: who asks, by which letter, about whom; another account answers. */
export function EnquiryForm({ work, onClose }: { work: Attempt; onClose(): void }) {
  const [authority, setAuthority] = useState<EnquiryAuthority>('caseWork');
  const [typed, setTyped] = useKept<Typed>('sealing enquiry', nothing);
  const { idNumber, ...needed } = typed;
  const isPartial = idNumber.trim() !== '' && wholeNumbers(idNumber) === null;
  const isWhole = Object.values(needed).every((text) => text.trim() !== '');
  const register = async () => {
    const isDone = await work.attempt(async () => {
      const { number } = await call('enquiry.register', {
        ...needed,
        authority,
        ...(idNumber.trim() === '' ? {} : { idNumber: idNumber.trim() }),
      });
      return say.registered(number);
    });
    if (!isDone) return;
    setTyped(nothing);
    onClose();
  };
  return (
    <section className="section framed" aria-label={say.newEnquiry}>
      <h3 className="section-title">{say.newEnquiry}</h3>
      <div className="form-grid" data-form>
        <Field id="enquiry-authority" label={say.authority} isRequired>
          <select
            id="enquiry-authority"
            className="field-input"
            value={authority}
            onChange={(event) => setAuthority(event.target.value as EnquiryAuthority)}
          >
            {enquiryAuthorities.map((one) => (
              <option key={one} value={one}>
                {authorityNames[one]}
              </option>
            ))}
          </select>
        </Field>
        {labels.map(([name, label, hint]) => (
          <Field
            key={name}
            id={`enquiry-${name}`}
            label={label}
            hint={name === 'idNumber' && isPartial ? say.partialHint : hint}
            isRequired={name !== 'idNumber'}
            isWide={name === 'purpose'}
          >
            <TypedInput
              id={`enquiry-${name}`}
              shown={typed[name]}
              onType={(text) => setTyped((before) => ({ ...before, [name]: text }))}
            />
          </Field>
        ))}
      </div>
      <Button
        size="small"
        type="primary"
        disabled={!isWhole}
        loading={work.isBusy}
        onClick={() => void register()}
      >
        {say.register}
      </Button>{' '}
      <Button size="small" onClick={onClose}>
        {commonText.cancel}
      </Button>
    </section>
  );
}
