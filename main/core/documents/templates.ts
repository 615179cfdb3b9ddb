import officialPageSeed from '#seeds/templates/official-page.json' with { type: 'json' };
import { AppError } from '#shared/api/errors.ts';
import { type DocumentTemplate, templateSchema } from '#shared/document/model.ts';
import { type PageSetup, pageSetupSchema } from '#shared/document/page-setup.ts';

/** The page of an official document, GB/T 9704-2012. */
export function officialPage(): PageSetup {
  const parsed = pageSetupSchema.safeParse(officialPageSeed);
  if (parsed.success) return parsed.data;
  throw new AppError('seed-invalid', {
    file: 'seeds/templates/official-page.json',
    at: firstPlace(parsed.error.issues),
  });
}

/** Parses a template; a wrong one is refused with the place that is wrong. */
export function parseTemplate(json: unknown, file: string): DocumentTemplate {
  const parsed = templateSchema.safeParse(json);
  if (parsed.success) return parsed.data;
  throw new AppError('seed-invalid', { file, at: firstPlace(parsed.error.issues) });
}

function firstPlace(issues: readonly { path: PropertyKey[] }[]): string {
  return issues[0]?.path.map(String).join('.') ?? '';
}
