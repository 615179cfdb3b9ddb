// What a step waits for is no longer missing once it is filled, or said with a reason to be left out.
import { expect, test } from 'vitest';
import { stillMissing } from '#renderer/state/record-check.ts';

type Missing = Parameters<typeof stillMissing>[0];
const missing = { fields: ['occurredOn', 'followUpOn'] } as unknown as Missing;

test('a waiver counts like a value', () => {
  expect(stillMissing(missing, {})).toMatchObject({ fields: ['occurredOn', 'followUpOn'] });
  expect(stillMissing(missing, { occurredOn: '2025-01-01' })).toMatchObject({ fields: ['followUpOn'] });
  const waived = { waivers: [{ field: 'followUpOn', reason: '当事人外出，无法联系' }] };
  expect(stillMissing(missing, waived)).toMatchObject({ fields: ['occurredOn'] });
  expect(stillMissing(missing, { ...waived, occurredOn: '2025-01-01' })).toBeNull();
  expect(stillMissing(null, {})).toBeNull();
});
