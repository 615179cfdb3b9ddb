import { commandLineText as say } from '#shared/text/command-line.ts';
import { textOf } from '../arguments.ts';
import { type Run, UsageError } from '../command.ts';

const house = 'house' as const;

/** The house wording, or one of the bureau's templates by its id; without it the template in force, if there is one. */
const wording = ({ template }: Readonly<Record<string, unknown>>): { template?: string } =>
  typeof template === 'string' ? { template } : {};

/** One paper of a case; where a case has several of the kind, all of them in one document. */
export const document: Run = async ({ options, signIn }) => {
  const { id, kind, out } = {
    id: textOf(options, 'id'),
    kind: textOf(options, 'kind'),
    out: textOf(options, 'out'),
  };
  const ledger = await signIn();
  const chosen = { ...(typeof options.copy === 'string' ? { copy: options.copy } : {}), ...wording(options) };
  const input = { id, kind, ...chosen, out: ledger.grant(out), overwrite: options.force === true };
  const { file, issued, isNew } = await ledger.call('paper.make', input);
  return { json: { file, issued, isNew }, text: say.paperMade(file) };
};

/** The whole file in order, with cover, catalogue and page numbers. */
export const dossier: Run = async ({ options, signIn }) => {
  const [id, out] = [textOf(options, 'id'), textOf(options, 'out')];
  const ledger = await signIn();
  const { template } = wording(options);
  if (template !== undefined && template !== house) throw new UsageError(say.badOption('template', template));
  const chosen = template === undefined ? {} : { template: house };
  const input = { id, ...chosen, out: ledger.grant(out), overwrite: options.force === true };
  const { file, issued, pages, pieces } = await ledger.call('dossier.make', input);
  return { json: { file, issued, pages, pieces }, text: say.dossierMade(file, pieces.length, pages) };
};
