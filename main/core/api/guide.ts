import { listHtml } from '#core/documents/list-html.ts';
import type { PrintedPage } from '#shared/api/types.ts';
import { careText, type GuideName, guideColumns, guideOf } from '#shared/text/care.ts';

/** One page of guidance as it is printed, or laid beside what is carried to another PC. */
export function guidePage(what: GuideName, unit: string, today: string): PrintedPage {
  const { title, facts, rows, signatures } = guideOf(what, unit, today);
  const [doing, seeing] = guideColumns;
  const columns = [
    { label: doing, weight: 44, isAmount: false },
    { label: seeing, weight: 36, isAmount: false },
  ];
  const page = { title, facts, columns, rows, empty: careText.empty, signatures, isForWall: true };
  return { html: listHtml(page, careText.order), title, rows: rows.length };
}
