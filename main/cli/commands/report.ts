import { commandLineText as say } from '#shared/text/command-line.ts';
import { textOf, yearOf } from '../arguments.ts';
import type { Run } from '../command.ts';
import { pdfBeside } from '../pdf.ts';

export const report: Run = async ({ options, places, signIn }) => {
  const year = yearOf(options);
  const out = textOf(options, 'out');
  const overwrite = options.force === true;
  const pdf = pdfBeside(options, out);
  const ledger = await signIn();
  if (pdf !== null) {
    const { html } = await ledger.call('report.preview', { year });
    const { printToPdf } = await import('../print.ts');
    await printToPdf(html, pdf, places);
  }
  const made = await ledger.call('report.make', { year, out: ledger.grant(out), overwrite });
  const { file, figures, findings, ms } = made;
  const lines = [say.reportMade(file, figures, findings.length), ...findings.map(({ message }) => message)];
  return { json: { file, ...(pdf === null ? {} : { pdf }), figures, findings, ms }, text: lines.join('\n') };
};
