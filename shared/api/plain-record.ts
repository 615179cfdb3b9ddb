const mostFields = 500;
/** Rows of one child. */
export const mostRows = 1000;
/** Far above what any field takes; more than that nobody typed, and a draft of it would fill the disk. */
const longestText = 1_000_000;

/** `undefined` is a field left out: a message between threads keeps it. */
function isScalar(value: unknown): boolean {
  return (
    value === null ||
    value === undefined ||
    typeof value === 'boolean' ||
    (typeof value === 'string' && value.length <= longestText) ||
    (typeof value === 'number' && Number.isFinite(value))
  );
}

function isObject(value: unknown): value is Record<string, unknown> {
  if (typeof value !== 'object' || value === null) return false;
  const prototype: unknown = Object.getPrototypeOf(value);
  return prototype === Object.prototype || prototype === null;
}

function hasOnly(value: Record<string, unknown>, isAllowed: (each: unknown) => boolean): boolean {
  const names = Object.keys(value);
  // A copy of an object with such a key has another prototype instead of the key.
  return names.length <= mostFields && names.every((name) => name !== '__proto__' && isAllowed(value[name]));
}

const isFlat = (value: unknown) => isScalar(value) || (isObject(value) && hasOnly(value, isScalar));

/** Whether a value is what a form can hold: plain values, and rows of plain values. Nothing deeper, nothing endless. */
export function isPlainRecord(value: unknown): boolean {
  const isField = (each: unknown) =>
    isFlat(each) || (Array.isArray(each) && each.length <= mostRows && each.every(isFlat));
  return isObject(value) && hasOnly(value, isField);
}
