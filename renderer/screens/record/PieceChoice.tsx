import { Button, Checkbox } from 'antd';
import type { FilePapers } from '#shared/api/paper-types.ts';
import { paperText } from '#shared/text/papers.ts';
import { piecesOf } from './paper-entries.ts';

type Props = {
  papers: FilePapers;
  /** Which of the files, where there are several. */
  volume: string | null;
  /** Null: what belongs in it anyway. */
  kinds: readonly string[] | null;
  onChange(kinds: string[] | null): void;
};

/** What goes into the whole file: what belongs in it anyway, or what is ticked. */
export function PieceChoice({ papers, volume, kinds, onChange }: Props) {
  const pieces = piecesOf(papers, volume);
  const chosen = kinds ?? pieces.filter(({ isFiled }) => isFiled).map(({ kind }) => kind);
  return (
    <section className="paper-pieces" aria-label={paperText.pieces}>
      <h2 className="section-title">
        {paperText.pieces}
        {kinds !== null && (
          <Button size="small" type="link" onClick={() => onChange(null)}>
            {paperText.piecesUsual}
          </Button>
        )}
      </h2>
      <Checkbox.Group
        className="paper-day-choice"
        value={[...chosen]}
        options={pieces.map(({ kind, title }) => ({
          value: kind,
          label: title,
          disabled: chosen.length === 1 && chosen[0] === kind,
        }))}
        onChange={(next) => onChange(next as string[])}
      />
    </section>
  );
}
