import { z } from 'zod';

/**
 * Named places of a bureau's own .docx templates as data (`seeds/templates/places.json`): `{{name}}` is replaced by a
 * field of the case, `{{#list}} … {{/list}}` is repeated for its parties.
 */

const placeSchema = z.strictObject({
  name: z.string().min(1),
  field: z.string().regex(/^[a-z][A-Za-z0-9]*$/),
  about: z.string().min(1),
});

export const placeBookSchema = z.strictObject({
  name: z.string(),
  source: z.string().min(1),
  groups: z.array(z.strictObject({ title: z.string().min(1), places: z.array(placeSchema).min(1) })).min(1),
  lists: z
    .array(
      z.strictObject({
        name: z.string().min(1),
        of: z.enum(['all', 'applicants', 'respondents']),
        about: z.string().min(1),
      }),
    )
    .min(1),
  /** What stands inside a list, and after the name of a list for its first entry: 申请人姓名. */
  party: z.array(placeSchema).min(1),
});

export type PlaceBook = z.infer<typeof placeBookSchema>;

/** What the places of one paper hold: texts by name, and the entries of each list. */
export type PlaceData = {
  values: Readonly<Record<string, string>>;
  lists: Readonly<Record<string, readonly Readonly<Record<string, string>>[]>>;
};

/** Why a file is not taken as a template, in the order in which it is looked at. */
export type TemplateFault =
  | 'not-docx'
  | 'old-word'
  | 'too-big'
  | 'macros'
  | 'external'
  | 'embedded'
  | 'field'
  | 'broken-xml'
  | 'wide-braces'
  | 'no-places'
  | 'unclosed'
  | 'unopened'
  | 'loop-unclosed'
  | 'loop-unopened'
  | 'loop-crossed'
  | 'loop-place'
  | 'unknown'
  | 'only-in-list'
  | 'only-in-rows'
  | 'list-in-list';
