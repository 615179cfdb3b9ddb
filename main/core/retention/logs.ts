import type { ReadDb } from '#core/db/connection.ts';
import { sql } from '#core/db/sql.ts';
import seed from '#seeds/retention/logs.json' with { type: 'json' };
import { AppError } from '#shared/api/errors.ts';
import type { LogKept } from '#shared/api/retention-types.ts';
import { logRulesSchema } from '#shared/domain/retention.ts';

/** How far the log goes back, beside how far it must (网络安全法 23(三), 网络数据安全管理条例 12). Throws `seed-invalid`. */
export function logKept(db: ReadDb): LogKept {
  const parsed = logRulesSchema.safeParse(seed);
  if (!parsed.success) {
    const at = parsed.error.issues[0]?.path.map(String).join('.') ?? '';
    throw new AppError('seed-invalid', { file: 'seeds/retention/logs.json', at });
  }
  return {
    rules: parsed.data.rules,
    since: db.value<string>(sql`select at from audit_entry order by seq limit 1`) ?? null,
    entries: db.value<number | null>(sql`select max(seq) from audit_entry`) ?? 0,
  };
}
