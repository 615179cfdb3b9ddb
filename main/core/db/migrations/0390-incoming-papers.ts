import { flag } from './columns.ts';
import type { Migration } from './migration.ts';

const papers = [
  'has_judgment',
  'has_ruling',
  'has_decision',
  'has_execution_notice',
  'has_indictment',
  'has_closing_form',
  'has_transfer_letter',
];

/** Which of the legal papers of a person under correction came in (社区矫正法 art. 20). */
export const incomingPapers: Migration = {
  number: 390,
  name: 'incoming-papers',
  up: `
${papers.map((column) => `ALTER TABLE correction_person ADD COLUMN ${flag(column)};`).join('\n')}
ALTER TABLE correction_person ADD COLUMN missing_papers TEXT;
`,
};
