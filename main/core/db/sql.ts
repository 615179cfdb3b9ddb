/** A piece of SQL with its parameters; values can only get in as parameters. */
export type Sql = { readonly text: string; readonly values: readonly SqlValue[] };
export type SqlValue = string | number | bigint | null | Uint8Array;

const name = /^[a-z][a-z0-9_]*$/;

/** `sql\`select * from unit where code = ${code}\``; fragments made with `sql`, `id` or `join` are put in as they are. */
export function sql(strings: TemplateStringsArray, ...parts: (SqlValue | Sql)[]): Sql {
  let text = strings[0] ?? '';
  const values: SqlValue[] = [];
  parts.forEach((part, index) => {
    if (isFragment(part)) {
      text += part.text;
      values.push(...part.values);
    } else {
      text += '?';
      values.push(part);
    }
    text += strings[index + 1] ?? '';
  });
  return { text, values };
}

/** A table or column name that comes from a description. Throws on anything but snake_case. */
export function id(identifier: string): Sql {
  if (!name.test(identifier)) throw new Error(`not an identifier: ${identifier}`);
  return { text: identifier, values: [] };
}

export function join(parts: readonly (SqlValue | Sql)[], separator = ', '): Sql {
  const fragments = parts.map((part) => (isFragment(part) ? part : { text: '?', values: [part] }));
  return {
    text: fragments.map((fragment) => fragment.text).join(separator),
    values: fragments.flatMap((fragment) => fragment.values),
  };
}

function isFragment(part: SqlValue | Sql): part is Sql {
  return typeof part === 'object' && part !== null && 'text' in part;
}
