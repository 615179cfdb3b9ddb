import { Alert, InputNumber } from 'antd';
import type { DossierPage } from '#shared/api/types.ts';
import { paperText } from '#shared/text/papers.ts';

type Props = {
  page: DossierPage;
  /** Pages that somebody counted, by key of the piece. */
  counted: Readonly<Record<string, number>>;
  onCount(pages: Record<string, number>): void;
};

/** What the whole file lacks, what of it is not in a print, and how many pages lie behind the sheets of the bureau's own papers. */
export function DossierNotes({ page: { missing, blanks, own, scans }, counted, onCount }: Props) {
  const pdfs = scans.filter(({ isPicture }) => !isPicture).map(({ title }) => title);
  const count = (key: string, pages: number | null) => {
    const { [key]: _before, ...others } = counted;
    onCount(pages === null ? others : { ...others, [key]: pages });
  };
  return (
    <div className="dossier-notes">
      {missing.length > 0 && (
        <Alert type="warning" showIcon title={paperText.dossierMissing(missing)} role="status" />
      )}
      {blanks.length > 0 && (
        <Alert type="warning" showIcon title={paperText.blankTexts(blanks)} role="status" />
      )}
      {pdfs.length > 0 && <p className="quiet">{paperText.pdfOnPaper(pdfs)}</p>}
      {own.map(({ key, title, pages, isCounted }) => (
        <p key={key} className="quiet">
          {paperText.ownPages(title)}
          <InputNumber
            size="small"
            min={1}
            max={2000}
            precision={0}
            value={isCounted ? pages : null}
            placeholder={paperText.aboutPages(pages)}
            aria-label={paperText.ownPagesOf(title)}
            onChange={(next) => count(key, next)}
          />
        </p>
      ))}
    </div>
  );
}
