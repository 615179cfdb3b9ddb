import path from 'node:path';
import { placeBook } from '#core/documents/own-places.ts';
import {
  addTemplate,
  bookOf,
  findPaper,
  mayHaveOwn,
  type NewTemplate,
  newOwnKind,
  ownTemplates,
  readTemplate,
  retireTemplate,
} from '#core/documents/own-store.ts';
import type { CheckedTemplate } from '#core/documents/own-template.ts';
import { paperBook } from '#core/documents/paper-book.ts';
import { registerPlaces } from '#core/documents/register-places.ts';
import { AppError } from '#shared/api/errors.ts';
import type { OwnTemplate, PlaceGroup } from '#shared/api/own-template-types.ts';
import type { Paper } from '#shared/document/papers.ts';
import type { ResolvedBlock, ResolvedDocument } from '#shared/document/resolved.ts';
import { rowOf } from '#shared/document/resolved.ts';
import type { CodeList } from '#shared/domain/code-list.ts';
import { registerPlaceText as register, placeText as say } from '#shared/text/own-templates.ts';
import type { HandlersOf, JobContext, QueryContext } from '../context.ts';
import { onTemplate, printable, toDocx } from './paper-making.ts';

/** Enough for letterheads and seals as pictures; each version stays in the ledger for good. */
const mostMegabytes = 5;

type Wish = { file: string; kind?: string | undefined; title?: string | undefined };

export const ownTemplateHandlers = {
  'template.list': ({ db }) => ownTemplates(db),

  'template.add': {
    async stage(
      context: JobContext,
      wish: Wish,
    ): Promise<Omit<NewTemplate, 'kind'> & { kind: string | null }> {
      const paper = paperFor(context, wish);
      const fileName = path.basename(context.files.path(wish.file)).slice(0, 200);
      const content = context.files.read(wish.file, mostMegabytes);
      const input = {
        bytes: content,
        file: fileName,
        isPerAgent: paper?.perAgent === true,
        kind: paper?.kind ?? null,
      };
      const checked = await onTemplate<CheckedTemplate>(context.kit, 'template.check', input, fileName);
      return {
        kind: paper?.kind ?? null,
        title: paper?.title ?? wish.title ?? '',
        fileName,
        content,
        ...checked,
      };
    },
    commit(context, staged: Omit<NewTemplate, 'kind'> & { kind: string | null }, wish: Wish): OwnTemplate {
      const { db, write, note, changed } = context;
      // Another call may have added the same name in the meantime.
      const paper = paperFor(context, wish);
      const id = write.newId();
      const kind = paper?.kind ?? newOwnKind(id);
      const by = { id, unitId: write.unit.id, commit: () => write.commit() };
      const { version } = addTemplate(db, { ...staged, kind }, by);
      note({ detail: { template: id, kind, version, places: staged.places.length } });
      changed('*');
      return told(context, id);
    },
  },

  'template.retire': (context, { id, reason }) => {
    retireTemplate(context.db, id, reason, () => context.write.commit());
    context.note({ detail: { template: id } });
    context.changed('*');
    return told(context, id);
  },

  'template.export': ({ db, files, note }, { id, out, overwrite = false }) => {
    const { content, kind } = readTemplate(db, id);
    note({ detail: { template: id, kind } });
    return { file: files.write(out, content, { overwrite }) };
  },

  'template.places': (context, { kind }) => groupsFor(context, kind),
  'template.placesPage': (context, { kind }) => printable(placesDocument(groupsFor(context, kind))),
  'template.makePlaces': async (context, { kind, out, overwrite = false }) => {
    const list = placesDocument(groupsFor(context, kind));
    return { file: context.files.write(out, await toDocx(context, list), { overwrite }) };
  },
} satisfies HandlersOf<
  | 'template.list'
  | 'template.add'
  | 'template.retire'
  | 'template.export'
  | 'template.places'
  | 'template.placesPage'
  | 'template.makePlaces'
>;

/** The paper that a template is for; null for a new one. Throws `own-template-kind`, `own-template-title`, `paper-unknown`. */
function paperFor({ db }: Pick<QueryContext, 'db'>, { kind, title }: Wish): Paper | null {
  if ((kind === undefined) === (title === undefined))
    throw new AppError('invalid-input', { method: 'template.add', at: 'title' });
  if (kind !== undefined) {
    const paper = findPaper(db, kind);
    if (!mayHaveOwn(paper)) throw new AppError('own-template-kind', { title: paper.title });
    return paper;
  }
  const wanted = (title ?? '').trim();
  const isTaken = [...bookOf(db, 'mediation'), ...paperBook().papers].some(
    (paper) => paper.title === wanted || paper.aliases.includes(wanted),
  );
  if (isTaken) throw new AppError('own-template-title', { title: wanted });
  return null;
}

function told({ db }: Pick<QueryContext, 'db'>, id: string): OwnTemplate {
  const found = ownTemplates(db).find((one) => one.id === id);
  if (!found) throw new AppError('own-template-missing', { id });
  return found;
}

/** The places of a kind of paper; those of a case without one. Throws `paper-unknown`. */
function groupsFor({ db, kit }: Pick<QueryContext, 'db' | 'kit'>, kind: string | undefined): PlaceGroup[] {
  const paper = kind === undefined ? null : findPaper(db, kind);
  return paper && paper.ledger !== 'mediation' ? registerGroups(paper, kit.lists()) : placeGroups();
}

/** Every place that the register of a paper has, by its own names, with how its content looks. */
function registerGroups(paper: Paper, codes: readonly CodeList[]): PlaceGroup[] {
  const { groups, lists } = registerPlaces(paper);
  const line = ({ name, field, spec }: (typeof groups)[number]['places'][number]) => {
    const [choice = null] = codes.find(({ list }) => list === spec?.codes)?.items ?? [];
    return { name: say.write(name), about: register.about(field, spec, choice?.label ?? null) };
  };
  const [first = ''] = groups.flatMap(({ places }) => places.map(({ name }) => name));
  return [
    ...groups.map(({ title, places }) => ({ title, note: '', places: places.map(line) })),
    ...lists.map(({ name, places }) => ({
      title: register.inList(name),
      note: register.listsNote(name),
      places: [{ name: say.range(name), about: register.eachOf(name) }, ...places.map(line)],
    })),
    {
      title: say.conditions,
      note: register.conditionsNote,
      places: register.condition(first).map(([name, about]) => ({ name, about })),
    },
  ];
}

/** Every place as it is written, with what it is filled with. */
function placeGroups(): PlaceGroup[] {
  const { groups, lists, party } = placeBook();
  const line = (name: string, about: string) => ({ name: say.write(name), about });
  const sides = lists.filter(({ of }) => of !== 'all');
  return [
    ...groups.map(({ title, places }) => ({
      title,
      note: '',
      places: places.map(({ name, about }) => line(name, about)),
    })),
    {
      title: say.lists,
      note: say.listsNote,
      places: lists.flatMap(({ name, about }) => [
        line(name, about),
        { name: say.range(name), about: say.repeated(name) },
      ]),
    },
    { title: say.inList, note: say.inListNote, places: party.map(({ name, about }) => line(name, about)) },
    {
      title: say.first,
      note: say.firstNote,
      places: sides.flatMap((list) =>
        party
          .filter(({ field }) => field !== 'order' && field !== 'side')
          .map(({ name, about }) => line(say.firstName(list.name, name), say.firstAbout(list.name, about))),
      ),
    },
    {
      title: say.conditions,
      note: say.conditionsNote,
      places: say.conditionExamples.map(([name, about]) => ({ name, about })),
    },
  ];
}

/** The list of places as a document, to lie beside the one who writes a template. */
function placesDocument(groups: readonly PlaceGroup[]): ResolvedDocument {
  const columns = [
    { share: 2, align: 'start' as const },
    { share: 3, align: 'start' as const },
  ];
  const paragraph = (text: string): ResolvedBlock => ({ block: 'paragraph', lead: [], runs: [{ text }] });
  const blocks = groups.flatMap(({ title, note, places }): ResolvedBlock[] => [
    { block: 'line', runs: [{ text: title, emphasis: 'hei' }], indent: 0, align: 'start', keep: true },
    ...(note === '' ? [] : [paragraph(note)]),
    {
      block: 'table',
      caption: [],
      columns,
      head: [[{ text: say.name }], [{ text: say.meaning }]],
      rows: places.map(({ name, about }) => rowOf([[{ text: name }], [{ text: about }]], columns)),
    },
    { block: 'blank', lines: 1 },
  ]);
  return {
    title: say.title,
    page: 'official',
    blocks: [{ block: 'title', runs: [{ text: say.title }] }, paragraph(say.about), ...blocks],
  };
}
