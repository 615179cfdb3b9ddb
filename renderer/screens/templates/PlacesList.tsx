import { Button } from 'antd';
import type { Attempt } from '#renderer/screens/numbering/use-attempt.ts';
import { call, shell } from '#renderer/state/bureau.ts';
import { useQuery } from '#renderer/state/queries.ts';
import { ownTemplateText as say } from '#shared/text/own-templates.ts';
import { printText } from '#shared/text/prints.ts';

/** Every place with what it is filled with; on paper too, to lie beside the one who writes a template. */
export function PlacesList({ attempt }: { attempt: Attempt }) {
  const groups = useQuery('template.places', {});
  const order = { method: 'template.placesPage', input: {} } as const;
  const choose = (extension: string) =>
    shell('shell.chooseSave', {
      title: say.saveTitle,
      name: `${say.list}.${extension}`,
      extensions: [extension],
    });
  const print = () =>
    attempt.attempt(async () => {
      const { printed } = await shell('shell.print', { ...order, to: 'printer' });
      return printed === 'sent' ? say.sent : printText.cancelled;
    });
  const savePdf = () =>
    attempt.attempt(async () => {
      const out = await choose('pdf');
      if (!out) return '';
      await shell('shell.print', { ...order, to: 'pdf', out: out.grant });
      return say.exported(out.name);
    });
  const saveWord = () =>
    attempt.attempt(async () => {
      const out = await choose('docx');
      if (!out) return '';
      await call('template.makePlaces', { out: out.grant, overwrite: true });
      return say.exported(out.name);
    });
  return (
    <section className="section" aria-label={say.list}>
      <h2 className="section-title">{say.list}</h2>
      <p>
        <Button size="small" disabled={attempt.isBusy} onClick={() => void print()}>
          {say.print}
        </Button>{' '}
        <Button size="small" disabled={attempt.isBusy} onClick={() => void savePdf()}>
          {say.savePdf}
        </Button>{' '}
        <Button size="small" disabled={attempt.isBusy} onClick={() => void saveWord()}>
          {say.saveWord}
        </Button>
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
