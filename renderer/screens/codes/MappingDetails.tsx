import { Alert, Button, Tag } from 'antd';
import { useState } from 'react';
import { localInstant } from '#renderer/state/clock.ts';
import { useKept } from '#renderer/state/kept.ts';
import { useMay } from '#renderer/state/program.ts';
import type { MappingRow, MappingShown, Mappings } from '#shared/api/mapping-types.ts';
import type { MappingTarget } from '#shared/domain/code-mapping.ts';
import { codesText } from '#shared/text/codes.ts';
import { mappingText } from '#shared/text/mappings.ts';
import { commonText } from '#shared/text/window.ts';
import { MappingDialog } from './MappingDialog.tsx';

type Items = MappingShown['items'];

/** Code and name of a published item, or why there is none. */
function targetText(target: MappingTarget, items: Items): string {
  if ('unmapped' in target) return mappingText.noneWhy(target.unmapped);
  const label = items.find(({ code }) => code === target.code)?.label ?? '';
  return mappingText.coded(target.code, label);
}

/** What a list of the ledger's own becomes in one published list, row by row, with what the unit said of each. */
export function MappingDetails({ shown }: { shown: MappingShown }) {
  const canDecide = useMay('mapping.decide');
  /** The row to be decided, or all that nobody has verified. */
  const [asked, setAsked] = useKept<number | 'all' | null>(`mapping ${shown.mapping} asked`, null);
  const [done, setDone] = useState<string | null>(null);
  const open = shown.rows.flatMap(({ isVerified }, at) => (isVerified ? [] : [at]));
  const { ours, unreached, silent } = shown.gaps;
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: a scrolling area must be reachable by keyboard
    <section className="codes-details" tabIndex={0} aria-label={shown.title}>
      <h2 className="section-title related-title">
        {shown.title}
        <span className="quiet" role="status">
          {done}
        </span>
        <span className="stretch" />
        {canDecide && open.length > 0 && (
          <Button size="small" onClick={() => setAsked('all')}>
            {mappingText.decideAll}
          </Button>
        )}
      </h2>
      <p>{commonText.labelled(codesText.source, shown.source)}</p>
      <p>
        {codesText.sure[shown.sure]}
        {commonText.full}
        {mappingText.open(open.length, shown.rows.length)}
      </p>
      {silent.length > 0 && (
        <Alert
          type="warning"
          showIcon
          title={commonText.labelled(mappingText.gapSilent, silent.join(mappingText.or))}
        />
      )}
      <table className="table">
        <thead>
          <tr>
            <th scope="col">{mappingText.when}</th>
            <th scope="col">{mappingText.target}</th>
            <th scope="col">{mappingText.verified}</th>
            {canDecide && <th scope="col">{mappingText.action}</th>}
          </tr>
        </thead>
        <tbody>
          {shown.rows.map((row, at) => (
            <tr key={row.when}>
              <td>{row.when}</td>
              <td>{targetText(row.target, shown.items)}</td>
              <td className="mapping-said">
                <Standing row={row} items={shown.items} />
              </td>
              {canDecide && (
                <td>
                  <Button
                    size="small"
                    type="text"
                    aria-label={mappingText.decideRow(row.when)}
                    onClick={() => setAsked(at)}
                  >
                    {mappingText.decide}
                  </Button>
                </td>
              )}
            </tr>
          ))}
        </tbody>
      </table>
      <p className="quiet">{mappingText.order}</p>
      <h3 className="section-title">{mappingText.gaps}</h3>
      {ours.length + unreached.length === 0 && <p className="quiet">{mappingText.noGaps}</p>}
      {ours.length > 0 && <p>{commonText.labelled(mappingText.gapOurs, ours.join(mappingText.and))}</p>}
      {unreached.length > 0 && (
        <p>{commonText.labelled(mappingText.gapUnreached, unreached.join(mappingText.or))}</p>
      )}
      {asked !== null && (
        <MappingDialog
          shown={shown}
          rows={asked === 'all' ? open : [asked]}
          onClose={(saved) => {
            setAsked(null);
            setDone(saved ? mappingText.saved : null);
          }}
        />
      )}
    </section>
  );
}

/** Who verified a row and why, and what it was before where the unit changed it. */
function Standing({ row, items }: { row: MappingRow; items: Items }) {
  const { said, target, original, isVerified } = row;
  if (!said) return isVerified ? mappingText.official : <Tag color="warning">{mappingText.program}</Tag>;
  const [now, before] = [targetText(target, items), targetText(original, items)];
  return (
    <>
      {mappingText.said(said.by, localInstant(said.at))}
      {commonText.full}
      {codesText.basisOf(said.note)}
      {now !== before && <span className="quiet">{commonText.aside(mappingText.changed(before))}</span>}
    </>
  );
}

/** The ledger's lists that no published one is derived from, with the reason. */
export function WithoutMapping({ without }: Pick<Mappings, 'without'>) {
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: a scrolling area must be reachable by keyboard
    <section className="codes-details" tabIndex={0} aria-label={mappingText.without}>
      <h2 className="section-title">{mappingText.without}</h2>
      <p className="quiet">{mappingText.withoutNote}</p>
      <table className="table">
        <thead>
          <tr>
            <th scope="col">{codesText.title}</th>
            <th scope="col">{mappingText.reason}</th>
          </tr>
        </thead>
        <tbody>
          {without.map(({ title, why }) => (
            <tr key={title}>
              <td className="nowrap">{title}</td>
              <td>{why}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  );
}
