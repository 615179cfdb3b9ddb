import { fieldsOn, turnField } from '#core/settings/fields-on.ts';
import type { HandlersOf } from '../context.ts';

export const fieldHandlers = {
  'fields.on': ({ db }) => fieldsOn(db),

  'fields.turn': ({ db, kit, write, changed, note }, { ledger, field, isOn }) => {
    turnField(db, kit.registry.find(ledger), field, isOn);
    write.commit();
    note({ ledger, detail: { fields: [field], turned: isOn ? 'on' : 'off' } });
    changed('*');
    return fieldsOn(db);
  },
} satisfies HandlersOf<'fields.on' | 'fields.turn'>;
