import { Button } from 'antd';
import type { Attempt } from '#renderer/state/attempt.ts';
import { localInstant } from '#renderer/state/clock.ts';
import { useKept } from '#renderer/state/kept.ts';
import type { SealedEnquiry } from '#shared/api/sealing-types.ts';
import { authorityNames, outcomeNames, sealingText as say } from '#shared/text/sealing.ts';
import { EnquiryAnswer } from './EnquiryAnswer.tsx';
import { EnquiryForm } from './EnquiryForm.tsx';

type Props = { enquiries: readonly SealedEnquiry[]; mayDecide: boolean; work: Attempt };

const heads = [
  say.enquiry,
  say.askedBy,
  say.authority,
  say.letter,
  say.registeredAt,
  say.clerks,
  say.outcome,
];

/** The register of enquiries about what is sealed. */
export function EnquirySection({ enquiries, mayDecide, work }: Props) {
  const [isNew, setNew] = useKept('sealing enquiry new', false);
  const [open, setOpen] = useKept<string | null>('sealing enquiry open', null);
  const chosen = enquiries.find(({ id }) => id === open);
  return (
    <section className="section" aria-label={say.enquiries}>
      <h2 className="section-title">
        {say.enquiries}{' '}
        <Button size="small" onClick={() => setNew(true)}>
          {say.addEnquiry}
        </Button>
      </h2>
      {isNew && <EnquiryForm work={work} onClose={() => setNew(false)} />}
      {chosen && <EnquiryAnswer key={chosen.id} enquiry={chosen} work={work} onClose={() => setOpen(null)} />}
      {enquiries.length === 0 ? (
        <p className="quiet">{say.noEnquiries}</p>
      ) : (
        <table className="table">
          <thead>
            <tr>
              {heads.map((label) => (
                <th key={label} scope="col">
                  {label}
                </th>
              ))}
              {mayDecide && <th scope="col">{say.acts}</th>}
            </tr>
          </thead>
          <tbody>
            {enquiries.map((enquiry) => (
              <tr key={enquiry.id}>
                <td>{enquiry.number}</td>
                <td>{enquiry.asker}</td>
                <td>{authorityNames[enquiry.authority]}</td>
                <td>{enquiry.document}</td>
                <td>{localInstant(enquiry.registeredAt)}</td>
                <td>{say.both(enquiry.registeredBy, enquiry.answeredBy)}</td>
                <td>{enquiry.outcome === null ? say.waiting : outcomeNames[enquiry.outcome]}</td>
                {mayDecide && (
                  <td className="nowrap">
                    <Button size="small" onClick={() => setOpen(enquiry.id)}>
                      {enquiry.outcome === null ? say.check : say.look}
                    </Button>
                  </td>
                )}
              </tr>
            ))}
          </tbody>
        </table>
      )}
    </section>
  );
}
