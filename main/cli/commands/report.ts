import fs from 'node:fs';
import path from 'node:path';
import { AppError } from '#shared/api/errors.ts';
import { commandLineText as say } from '#shared/text/command-line.ts';
import { textOf, yearOf } from '../arguments.ts';
import { type Run, UsageError } from '../command.ts';

export const report: Run = async ({ options, places, signIn }) => {
  const year = yearOf(options);
  const out = textOf(options, 'out');
  const pdf = typeof options.pdf === 'string' ? path.resolve(options.pdf) : null;
  const overwrite = options.force === true;
  if (pdf !== null && pdf === path.resolve(out))
    throw new UsageError(say.badOption('pdf', String(options.pdf)));
  // Both are looked at before either is written.
  for (const file of [path.resolve(out), pdf]) {
    if (file !== null && !overwrite && fs.existsSync(file))
      throw new AppError('file-exists', { file: path.basename(file) });
  }
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
