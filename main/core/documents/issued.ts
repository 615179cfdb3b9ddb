import { createHash } from 'node:crypto';
import { deflateRawSync, inflateRawSync } from 'node:zlib';
import type { ReadDb, WriteDb } from '#core/db/connection.ts';
import { sql } from '#core/db/sql.ts';
import { AppError } from '#shared/api/errors.ts';
import type { IssuedPaper } from '#shared/api/types.ts';
import type { PlaceData } from '#shared/document/places.ts';
import type { ResolvedDocument } from '#shared/document/resolved.ts';

/**
 * Papers as they were issued: each with everything that was settled at the time, so that it is printed again as it was
 * whatever became of the record or the wording. Kept for every issue, the same paper once.
 */

export type Issue = {
  recordId: string;
  recordVersion: string;
  kind: string;
  copy: string;
  title: string;
  templateVersion: number;
  content: KeptContent;
  /** The file that was made of it. */
  file: Uint8Array;
};

/** A paper in the house wording as it was settled; one from a bureau's template as what its places held. */
export type KeptContent = ResolvedDocument | { title: string; own: PlaceData; template: string };

/** The bureau's template that an issue was made from; null for the house wording. */
const templateOf = (content: KeptContent): string | null => ('own' in content ? content.template : null);

type Row = {
  id: string;
  own_template: string | null;
  kind: string;
  copy: string;
  title: string;
  template_version: number;
  record_version: Uint8Array;
  content_hash: Uint8Array;
  account: string;
  issued_at: string;
};

const sha256 = (bytes: Uint8Array | string) => createHash('sha256').update(bytes).digest();

/** Keeps what is issued and gives its id; an issue equal to one of the same paper is that one. */
export function keepIssue(
  db: WriteDb,
  issue: Issue,
  by: { id: string; accountId: string; at: string },
): { id: string; isNew: boolean } {
  const text = JSON.stringify(issue.content);
  const hash = sha256(text);
  const template = templateOf(issue.content);
  const known = db.value<string>(sql`select id from issued_paper where record_id = ${issue.recordId}
    and kind = ${issue.kind} and copy = ${issue.copy} and template_version = ${issue.templateVersion}
    and own_template is ${template} and content_hash = ${hash} order by seq desc limit 1`);
  if (known !== undefined) return { id: known, isNew: false };
  db.run(sql`insert into issued_paper (id, record_id, kind, copy, title, template_version, record_version, content,
      content_hash, file_hash, account_seq, issued_at, own_template)
    select ${by.id}, ${issue.recordId}, ${issue.kind}, ${issue.copy}, ${issue.title}, ${issue.templateVersion},
      ${Buffer.from(issue.recordVersion, 'hex')}, ${deflateRawSync(text)}, ${hash}, ${sha256(issue.file)},
      a.seq, ${by.at}, ${template} from account a where a.id = ${by.accountId}`);
  return { id: by.id, isNew: true };
}

/** Newest first. */
export function issuedOf(db: ReadDb, recordId: string): IssuedPaper[] {
  return db
    .all<Row>(sql`select p.id, p.kind, p.copy, p.title, p.template_version, p.record_version, p.content_hash,
        p.own_template, a.name as account, p.issued_at
      from issued_paper p join account a on a.seq = p.account_seq
      where p.record_id = ${recordId} order by p.seq desc`)
    .map((row) => ({
      id: row.id,
      kind: row.kind,
      copy: row.copy,
      title: row.title,
      templateVersion: row.template_version,
      isOwn: row.own_template !== null,
      recordVersion: Buffer.from(row.record_version).toString('hex'),
      hash: Buffer.from(row.content_hash).toString('hex'),
      by: row.account,
      at: row.issued_at,
    }));
}

export type Kept = {
  recordId: string;
  kind: string;
  title: string;
  content: KeptContent;
  fileHash: string;
};

/** An issued paper as it was. Throws `issued-missing`, and `damaged` where the content is not what its hash says. */
export function readIssue(db: ReadDb, id: string, folder: string): Kept {
  const row = db.get<{
    record_id: string;
    kind: string;
    title: string;
    content: Uint8Array;
    content_hash: Uint8Array;
    file_hash: Uint8Array;
  }>(sql`select record_id, kind, title, content, content_hash, file_hash from issued_paper where id = ${id}`);
  if (!row) throw new AppError('issued-missing', { id });
  const content = contentOf(row.content, row.content_hash);
  if (content === null) throw new AppError('damaged', { folder, backups: 0, detail: `issued_paper ${id}` });
  return {
    recordId: row.record_id,
    kind: row.kind,
    title: row.title,
    content,
    fileHash: Buffer.from(row.file_hash).toString('hex'),
  };
}

/** Null where the content is not what the hash was made of. */
function contentOf(content: Uint8Array, hash: Uint8Array): KeptContent | null {
  try {
    const text = inflateRawSync(content, { maxOutputLength: 50_000_000 }).toString('utf8');
    return sha256(text).equals(Buffer.from(hash)) ? (JSON.parse(text) as KeptContent) : null;
  } catch {
    return null;
  }
}

export const fileHashOf = (file: Uint8Array): string => sha256(file).toString('hex');

/** Issued papers whose content is no longer what was issued, for `system.verify`. */
export function wrongIssues(db: ReadDb): string[] {
  const wrong: string[] = [];
  let after = 0;
  for (;;) {
    const rows = db.all<{ seq: number; id: string; content: Uint8Array; content_hash: Uint8Array }>(
      sql`select seq, id, content, content_hash from issued_paper where seq > ${after} order by seq limit 500`,
    );
    for (const row of rows) if (contentOf(row.content, row.content_hash) === null) wrong.push(row.id);
    const last = rows.at(-1);
    if (!last) return wrong;
    after = Number(last.seq);
  }
}
