import { Button, Spin } from 'antd';
import { FailureAlert } from '#renderer/components/FailureAlert.tsx';
import { ReasonDialog } from '#renderer/components/ReasonDialog.tsx';
import { type Attempt, useAttempt } from '#renderer/state/attempt.ts';
import { call, shell } from '#renderer/state/bureau.ts';
import { localInstant } from '#renderer/state/clock.ts';
import { useAsking, useKept } from '#renderer/state/kept.ts';
import { useMay } from '#renderer/state/program.ts';
import { useQuery } from '#renderer/state/queries.ts';
import { goBack } from '#renderer/state/route.ts';
import type { OwnTemplate } from '#shared/api/own-template-types.ts';
import { ownTemplateText as say } from '#shared/text/own-templates.ts';
import { commonText } from '#shared/text/window.ts';
import { PlacesList } from './PlacesList.tsx';
import { newKind, TemplateAdd } from './TemplateAdd.tsx';

/** The bureau's own templates of papers: added, retired, taken out; and the places that they may name. */
export function TemplatesScreen() {
  const { value, failure: unread } = useQuery('template.list', {});
  const mayChange = useMay('template.add');
  const attempt = useAttempt();
  const [kind, setKind] = useKept<string | null>('template kind', null);
  const retiring = useAsking<OwnTemplate>('templates retire');
  const failure = attempt.failure ?? unread;
  const retire = (template: OwnTemplate, reason: string) => {
    retiring.close();
    void attempt.attempt(async () => {
      await call('template.retire', { id: template.id, reason });
      return say.retiredNow(template.title);
    });
  };
  return (
    <section className="screen" aria-label={say.title}>
      <header className="screen-head">
        <Button size="small" onClick={goBack}>
          {commonText.back}
        </Button>
        <h1 className="screen-title">{say.title}</h1>
        <span className="quiet" role="status" data-testid="template-done">
          {attempt.done}
        </span>
      </header>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: a scrolling area must be reachable by keyboard */}
      <section className="scroll pad" tabIndex={0} aria-label={say.body}>
        <FailureAlert failure={failure} again={attempt.again} />
        <p className="quiet">{say.hint}</p>
        {mayChange && <TemplateAdd attempt={attempt} kind={kind} onKind={setKind} />}
        <section className="section" aria-label={say.details}>
          {value === null && unread === null && <Spin className="centre" />}
          {value?.length === 0 && <p className="quiet">{say.empty}</p>}
          {value && value.length > 0 && (
            <TemplateTable rows={value} mayChange={mayChange} attempt={attempt} onRetire={retiring.ask} />
          )}
        </section>
        <PlacesList attempt={attempt} kind={kind === newKind ? null : kind} />
      </section>
      {retiring.about && (
        <ReasonDialog
          words={{
            title: say.retireTitle,
            label: say.retireReason,
            hint: retiring.about.isOwnKind
              ? say.retireOwnHint(retiring.about.title)
              : say.retireHint(retiring.about.title),
            ok: say.retire,
          }}
          isDangerous
          reason={retiring.reason}
          onType={retiring.type}
          onCancel={retiring.close}
          onAnswer={(reason) => retiring.about && retire(retiring.about, reason)}
        />
      )}
    </section>
  );
}

type TableProps = {
  rows: readonly OwnTemplate[];
  mayChange: boolean;
  attempt: Attempt;
  onRetire(template: OwnTemplate): void;
};

function TemplateTable({ rows, mayChange, attempt, onRetire }: TableProps) {
  const save = ({ id, title, fileName }: OwnTemplate) =>
    attempt.attempt(async () => {
      const out = await shell('shell.chooseSave', {
        title: say.exportTitle,
        name: fileName.toLowerCase().endsWith('.docx') ? fileName : `${title}.docx`,
        extensions: ['docx'],
      });
      if (!out) return '';
      await call('template.export', { id, out: out.grant, overwrite: true });
      return say.exported(out.name);
    });
  return (
    <table className="table">
      <thead>
        <tr>
          <th scope="col">{say.kind}</th>
          <th scope="col">{say.version}</th>
          <th scope="col">{say.file}</th>
          <th scope="col">{say.state}</th>
          <th scope="col">{say.who}</th>
          <th scope="col">{say.act}</th>
        </tr>
      </thead>
      <tbody>
        {rows.map((row) => (
          <tr key={row.id} className={row.isInForce ? undefined : 'quiet'}>
            <td>{row.title}</td>
            <td className="no-wrap">{say.versionOf(row.version)}</td>
            <td>
              {row.fileName}
              <br />
              <span className="quiet" title={say.places(row.places)}>
                {say.placesOf(row.places.length)}
                {commonText.comma}
                {say.size(Math.max(1, Math.round(row.bytes / 1024)))}
                {commonText.comma}
                {say.hash(row.hash)}
              </span>
            </td>
            <td>
              {stateText(row)}
              <br />
              <span className="quiet">{say.issued(row.issued)}</span>
            </td>
            <td className="no-wrap">
              {row.added.by}
              <br />
              <span className="quiet">{localInstant(row.added.at)}</span>
            </td>
            <td className="no-wrap">
              <button
                type="button"
                className="link"
                aria-label={say.exportOf(row.title)}
                onClick={() => void save(row)}
              >
                {say.export}
              </button>{' '}
              {mayChange && row.isInForce && (
                <button
                  type="button"
                  className="link"
                  aria-label={say.retireOf(row.title)}
                  onClick={() => onRetire(row)}
                >
                  {say.retire}
                </button>
              )}
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}

function stateText({ isInForce, retired }: OwnTemplate): string {
  if (isInForce) return say.inForce;
  return retired ? say.retired(retired.by, localInstant(retired.at), retired.reason) : say.replaced;
}
