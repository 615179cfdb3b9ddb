import { localInstant } from '#renderer/state/clock.ts';
import type { FormState } from '#renderer/state/form-state.ts';
import { useWarnings } from '#renderer/state/persons.ts';
import type { RecordForm } from '#renderer/state/record-form.ts';
import { goAside, recordRoute } from '#renderer/state/route.ts';
import type { PersonMatter } from '#shared/api/persons.ts';
import { personText, warningText } from '#shared/text/persons.ts';

/** What the registers say against this record, above its form; each with the record it comes from. */
export function PersonWarnings({ form, state }: { form: RecordForm; state: FormState }) {
  const { warnings, seen } = useWarnings(state);
  if (warnings.length === 0) return null;
  const open = async (matter: PersonMatter) => {
    goAside(await form.keepPlace(), recordRoute(matter.ledger, matter.id));
  };
  return (
    <section className="person-warnings" aria-label={personText.warnings}>
      <ul>
        {warnings.map((warning) => {
          const read = seen.find(({ warning: one }) => one.key === warning.key);
          const { matter } = warning;
          return (
            <li key={warning.key}>
              △ {warningText(warning)}{' '}
              {matter && (
                <button type="button" className="link" onClick={() => void open(matter)}>
                  {personText.open}
                </button>
              )}{' '}
              {read && <span className="quiet">{personText.seen(read.by, localInstant(read.at))}</span>}
            </li>
          );
        })}
      </ul>
    </section>
  );
}
