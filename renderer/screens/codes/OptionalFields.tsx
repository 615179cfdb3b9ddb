import { Switch } from 'antd';
import { FailureAlert } from '#renderer/components/FailureAlert.tsx';
import { useAttempt } from '#renderer/state/attempt.ts';
import { call } from '#renderer/state/bureau.ts';
import { useMay } from '#renderer/state/program.ts';
import { useQuery } from '#renderer/state/queries.ts';
import type { FieldSpec } from '#shared/kinds/kind.ts';
import type { LedgerSpec } from '#shared/ledgers/describe.ts';
import { optionalFieldsOf } from '#shared/ledgers/optional.ts';
import { optionalText } from '#shared/text/codes.ts';
import { commonText } from '#shared/text/window.ts';

const { places } = optionalText;

/** Where the field stands once it is on. */
const placesOf = ({ list, filter }: FieldSpec): string =>
  [places.form, ...(list === undefined ? [] : [places.list]), ...(filter ? [places.filter] : [])].join(
    commonText.comma,
  );

/** The optional fields of a register, each with its switch. */
export function OptionalFields({ ledger }: { ledger: LedgerSpec }) {
  const { value, failure } = useQuery('fields.on', {});
  const mayTurn = useMay('fields.turn');
  const work = useAttempt();
  const turn = (field: string, label: string, isOn: boolean) =>
    work.attempt(async () => {
      await call('fields.turn', { ledger: ledger.name, field, isOn });
      return optionalText.turned(label, isOn);
    });
  const title = optionalText.register(ledger.title);
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: a scrolling area must be reachable by keyboard
    <section className="codes-details" tabIndex={0} aria-label={title}>
      <h2 className="section-title related-title">
        {title}
        <span className="quiet" role="status">
          {work.done}
        </span>
      </h2>
      <FailureAlert failure={work.failure ?? failure} />
      <p>{optionalText.hint}</p>
      {!mayTurn && <p className="quiet">{optionalText.readOnly}</p>}
      <table className="table">
        <thead>
          <tr>
            <th scope="col">{optionalText.field}</th>
            <th scope="col">{optionalText.section}</th>
            <th scope="col">{optionalText.shown}</th>
            <th scope="col">{optionalText.isOn}</th>
          </tr>
        </thead>
        <tbody>
          {value &&
            optionalFieldsOf(ledger).map((field) => {
              const spec = ledger.fields[field] as FieldSpec;
              return (
                <tr key={field}>
                  <td>{spec.label}</td>
                  <td>{ledger.sections[spec.section ?? '']}</td>
                  <td>{placesOf(spec)}</td>
                  <td>
                    <Switch
                      size="small"
                      aria-label={optionalText.turn(spec.label)}
                      checked={value[ledger.name]?.includes(field) === true}
                      disabled={!mayTurn || work.isBusy}
                      onChange={(isOn) => void turn(field, spec.label, isOn)}
                    />
                  </td>
                </tr>
              );
            })}
        </tbody>
      </table>
    </section>
  );
}
