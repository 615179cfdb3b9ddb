import { PrintButtons } from '#renderer/components/PrintButtons.tsx';
import type { Attempt } from '#renderer/state/attempt.ts';
import { call } from '#renderer/state/bureau.ts';
import { usePrint } from '#renderer/state/print.ts';
import { useQuery } from '#renderer/state/queries.ts';
import { ownTemplateText as say } from '#shared/text/own-templates.ts';
import { printText } from '#shared/text/prints.ts';

/** Every place of the chosen paper with what it is filled with; on paper too, to lie beside the one who writes a template. */
export function PlacesList({ attempt, kind }: { attempt: Attempt; kind: string | null }) {
  const of = kind === null ? {} : { kind };
  const groups = useQuery('template.places', of);
  const work = usePrint(
    {
      title: say.saveTitle,
      name: say.list,
      order: () => ({ method: 'template.placesPage', input: of }),
      write: async (to, file) => {
        await call('template.makePlaces', { ...of, ...to });
        return printText.savedWord(file);
      },
    },
    attempt,
  );
  return (
    <section className="section" aria-label={say.list}>
      <h2 className="section-title">{say.list}</h2>
      <p className="button-line">
        <PrintButtons work={work} />
      </p>
      <div className="places">
        {groups.value?.map(({ title, note, places }) => (
          <section key={title} className="places-group" aria-label={title}>
            <h3 className="places-title">{title}</h3>
            {note !== '' && <p className="quiet">{note}</p>}
            <table className="table">
              <tbody>
                {places.map(({ name, about }) => (
                  <tr key={name}>
                    <td className="places-name">{name}</td>
                    <td>{about}</td>
                  </tr>
                ))}
              </tbody>
            </table>
          </section>
        ))}
      </div>
    </section>
  );
}
