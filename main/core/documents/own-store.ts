import { createHash } from 'node:crypto';
import type { ReadDb, WriteDb } from '#core/db/connection.ts';
import { sql } from '#core/db/sql.ts';
import { AppError } from '#shared/api/errors.ts';
import type { OwnTemplate } from '#shared/api/own-template-types.ts';
import type { Paper } from '#shared/document/papers.ts';
import { paperBook } from './paper-book.ts';

/** A unit's own templates as rows: each version whole, the newest one of a kind in force until it is retired. */

type Row = {
  id: string;
  kind: string;
  title: string;
  version: number;
  file_name: string;
  bytes: number;
  content_hash: Uint8Array;
  places: string;
  pages: number;
  added_by: string;
  added_at: string;
  retired_by: string | null;
  retired_at: string | null;
  retire_reason: string | null;
  issued: number;
};

/** Bound in after the court's papers and before the description of the file. */
const ownOrder = 115;
/** Kinds of a bureau's own carry this before the id of their first template. */
const ownPrefix = 'own-';

const isOwnKind = (kind: string): boolean => kind.startsWith(ownPrefix);
export const newOwnKind = (id: string): string => ownPrefix + id;

/** Every template with what became of it; newest of a kind first, in the order in which a file is bound. */
export function ownTemplates(db: ReadDb): OwnTemplate[] {
  const rows =
    db.all<Row>(sql`select t.id, t.kind, t.title, t.version, t.file_name, length(t.content) as bytes,
      t.content_hash, t.places, t.pages, a.name as added_by, c.at as added_at, b.name as retired_by,
      d.at as retired_at, t.retire_reason,
      (select count(*) from issued_paper p where p.own_template = t.id) as issued
    from own_template t
    join commit_entry c on c.number = t.added_commit join account a on a.seq = c.account_seq
    left join commit_entry d on d.number = t.retired_commit left join account b on b.seq = d.account_seq
    order by t.seq desc`);
  const orderOf = (kind: string) =>
    paperBook().papers.find((paper) => paper.kind === kind)?.order ?? ownOrder;
  const isInForce = inForceIds(db);
  return rows
    .map((row) => ({
      id: row.id,
      kind: row.kind,
      title: row.title,
      isOwnKind: isOwnKind(row.kind),
      version: row.version,
      fileName: row.file_name,
      bytes: row.bytes,
      hash: Buffer.from(row.content_hash).toString('hex'),
      places: JSON.parse(row.places) as string[],
      pages: row.pages,
      isInForce: isInForce.has(row.id),
      added: { by: row.added_by, at: row.added_at },
      retired:
        row.retired_at === null
          ? null
          : { by: row.retired_by ?? '', at: row.retired_at, reason: row.retire_reason ?? '' },
      issued: row.issued,
    }))
    .sort((one, other) => orderOf(one.kind) - orderOf(other.kind));
}

/** The newest version of a kind unless it was retired: an older one does not come back by itself. */
function inForceIds(db: ReadDb): ReadonlySet<string> {
  return new Set(
    db.column<string>(sql`select id from own_template t where retired_commit is null
      and version = (select max(version) from own_template n
        where n.unit_id = t.unit_id and n.kind = t.kind)`),
  );
}

export type InForce = { id: string; kind: string; title: string; version: number; places: readonly string[] };

/** The template that is used for each kind that has one. */
export function templatesInForce(db: ReadDb): ReadonlyMap<string, InForce> {
  const ids = inForceIds(db);
  const rows = db.all<Omit<InForce, 'places'> & { places: string }>(
    sql`select id, kind, title, version, places from own_template order by seq`,
  );
  return new Map(
    rows
      .filter(({ id }) => ids.has(id))
      .map((row) => [row.kind, { ...row, places: JSON.parse(row.places) as string[] }]),
  );
}

/** The register that a bureau's own kinds belong to. */
const ownLedger = 'mediation';

/**
 * Every kind of paper of a register: those of the book and the bureau's own, also where its template is retired by now.
 */
export function bookOf(db: ReadDb, ledger: string): readonly Paper[] {
  const shipped = paperBook().papers.filter((paper) => paper.ledger === ledger);
  if (ledger !== ownLedger) return shipped;
  const own = db.all<{ kind: string; title: string }>(
    sql`select kind, title from own_template where kind like ${`${ownPrefix}%`} group by kind order by min(seq)`,
  );
  const added = own.map(
    ({ kind, title }): Paper => ({
      kind,
      ledger: ownLedger,
      title,
      aliases: [],
      order: ownOrder,
      need: 'asNeeded',
      place: 'body',
      fields: [],
      day: ['concludedOn', 'acceptedOn'],
      isOwn: true,
    }),
  );
  return [...shipped, ...added].sort((left, right) => left.order - right.order);
}

/** What is numbered over the whole file, or brought by the parties, no template can take the place of. */
export const mayHaveOwn = ({ isAttached, isOfFile, place }: Paper): boolean =>
  !isAttached && !isOfFile && place === 'body';

/** By kind, title or another name. Throws `paper-unknown`. */
export function findPaper(db: ReadDb, name: string): Paper {
  const wanted = name.trim();
  const own = bookOf(db, ownLedger).find(
    ({ isOwn, kind, title }) => isOwn && (kind === wanted || title === wanted),
  );
  return own ?? paperBook().find(name);
}

export type TemplateContent = Omit<InForce, 'places'> & { content: Uint8Array; pages: number };

/** Throws `own-template-missing`; `own-template-damaged` where the file is not what was added. */
export function readTemplate(db: ReadDb, id: string): TemplateContent {
  const row = db.get<TemplateContent & { content_hash: Uint8Array }>(
    sql`select id, kind, title, version, content, content_hash, pages from own_template where id = ${id}`,
  );
  if (!row) throw new AppError('own-template-missing', { id });
  const { content_hash: hash, ...template } = row;
  if (!hashOf(template.content).equals(Buffer.from(hash)))
    throw new AppError('own-template-damaged', { title: row.title });
  return template;
}

const hashOf = (bytes: Uint8Array) => createHash('sha256').update(bytes).digest();

export type NewTemplate = {
  kind: string;
  title: string;
  fileName: string;
  content: Uint8Array;
  places: readonly string[];
  pages: number;
};

/** Throws `own-template-present` where the same file is in force for the kind already. */
export function addTemplate(
  db: WriteDb,
  template: NewTemplate,
  by: { id: string; unitId: string; commit(): number },
): { version: number } {
  const { kind, title, fileName, content, places, pages } = template;
  const hash = hashOf(content);
  const inForce = templatesInForce(db).get(kind);
  const isSame =
    inForce &&
    db.value(sql`select 1 from own_template where id = ${inForce.id} and content_hash = ${hash}`) !==
      undefined;
  if (isSame) throw new AppError('own-template-present', { title, file: fileName });
  const version =
    1 +
    (db.value<number>(
      sql`select coalesce(max(version), 0) from own_template where unit_id = ${by.unitId} and kind = ${kind}`,
    ) ?? 0);
  db.run(sql`insert into own_template (id, unit_id, kind, title, version, file_name, content, content_hash, places,
      pages, added_commit)
    values (${by.id}, ${by.unitId}, ${kind}, ${title}, ${version}, ${fileName}, ${content}, ${hash},
      ${JSON.stringify(places)}, ${pages}, ${by.commit()})`);
  return { version };
}

/** Throws `own-template-missing`, `own-template-retired`. */
export function retireTemplate(db: WriteDb, id: string, reason: string, commit: () => number): void {
  const row = db.get<{ title: string; retired_commit: number | null }>(
    sql`select title, retired_commit from own_template where id = ${id}`,
  );
  if (!row) throw new AppError('own-template-missing', { id });
  if (row.retired_commit !== null) throw new AppError('own-template-retired', { title: row.title });
  db.run(
    sql`update own_template set retired_commit = ${commit()}, retire_reason = ${reason} where id = ${id}`,
  );
}

/** Templates whose file is no longer what was added, for `system.verify`. */
export function wrongTemplates(db: ReadDb): string[] {
  return db.column<string>(sql`select id from own_template order by seq`).filter((id) => {
    try {
      readTemplate(db, id);
      return false;
    } catch {
      return true;
    }
  });
}
