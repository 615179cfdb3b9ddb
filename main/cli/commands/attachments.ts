import type { Attachment } from '#shared/api/types.ts';
import { commandLineText as say } from '#shared/text/command-line.ts';
import { shortInstant } from '#shared/text/words.ts';
import { textOf } from '../arguments.ts';
import type { Run } from '../command.ts';
import type { Places } from '../places.ts';
import { choices } from './choices.ts';
import { idOf } from './records.ts';

function lineOf(places: Places, { id, kind, title, pages, bytes, addedAt, addedBy }: Attachment): string {
  const [, label = kind] = choices.attachmentKind(places).find(([code]) => code === kind) ?? [];
  return [id, label, title, say.pages(pages), say.bytes(bytes), shortInstant(addedAt), addedBy].join('\t');
}

export const add: Run = async ({ options, signIn }) => {
  const { title } = options;
  const ledger = await signIn(say.reason);
  const added = await ledger.call('attachment.add', {
    recordId: idOf(options),
    file: ledger.grant(textOf(options, 'file')),
    kind: textOf(options, 'kind'),
    ...(typeof title === 'string' ? { title } : {}),
  });
  return { json: added, text: say.attached(added.title, added.pages) };
};

export const list: Run = async ({ options, places, signIn }) => {
  const ledger = await signIn(say.reason);
  const rows = await ledger.call('attachment.list', {
    recordId: idOf(options),
    removed: options.removed === true,
  });
  return {
    json: { rows },
    text: rows.length === 0 ? say.noAttachments : rows.map((one) => lineOf(places, one)).join('\n'),
  };
};

/** `--id` is the attachment's own. */
export const copyOut: Run = async ({ options, signIn }) => {
  const ledger = await signIn(say.reason);
  const { file } = await ledger.call('attachment.export', {
    id: idOf(options, 'attachment-missing'),
    out: ledger.grant(textOf(options, 'out')),
    reason: textOf(options, 'reason'),
    ...(options.force === true ? { overwrite: true } : {}),
  });
  return { json: { file }, text: say.exported(file) };
};
