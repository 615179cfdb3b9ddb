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

/** Forms to be filled in by hand, each kind once for every reserved number. */
export const blank: Run = async ({ options, signIn }) => {
  const [kind, out] = [textOf(options, 'kind'), textOf(options, 'out')];
  const ledger = await signIn();
  const numbers = typeof options.number === 'string' ? listOf(options.number) : [];
  const input = {
    kind: listOf(kind),
    ...(numbers.length > 0 ? { numbers } : {}),
    ...(options['is-unit'] === true ? { isUnit: true } : {}),
    out: ledger.grant(out),
    overwrite: options.force === true,
  };
  const { file } = await ledger.call('paper.makeBlank', input);
  return { json: { file, numbers }, text: say.blankMade(file, numbers.length) };
};

/** Parts of an option that takes several, with a comma of either width between. */
const listOf = (text: string): string[] =>
  text
    .split(/[,，、]/)
    .map((one) => one.trim())
    .filter((one) => one !== '');
