import { codeUse } from '#core/ledgers/code-use.ts';
import { putConfirmation, putEdition, shownLists } from '#core/settings/code-editions.ts';
import { AppError } from '#shared/api/errors.ts';
import { editionFault } from '#shared/domain/code-edition.ts';
import type { CodeList } from '#shared/domain/code-list.ts';
import { asDay } from '#shared/domain/day.ts';
import { editionFaultText } from '#shared/text/codes.ts';
import type { HandlersOf } from '../context.ts';

export const codeHandlers = {
  'codes.lists': ({ kit }) => [...kit.lists()],

  'codes.use': ({ db, kit }, { list }) => {
    known(kit.shipped, list);
    return [...codeUse(db, kit.registry, list)].map(([code, use]) => ({ code, ...use }));
  },

  'codes.define': ({ db, kit, write, changed, note }, { list, basis, items }) => {
    const shipped = known(kit.shipped, list);
    if (!shipped.isLocal) throw new AppError('codes-published', { title: shipped.title });
    const before = known(kit.lists(), list);
    const fault = editionFault(shipped, before, items, codeUse(db, kit.registry, list), asDay(kit.today()));
    if (fault) throw new AppError('codes-refused', { title: shipped.title, reason: editionFaultText(fault) });
    putEdition(db, list, { basis, items, commit: write.commit() });
    const codes = (one: CodeList) => one.items.map(({ code }) => code);
    const now = items.map(({ code }) => code);
    note({
      detail: {
        list,
        added: now.filter((code) => !codes(before).includes(code)),
        removed: codes(before).filter((code) => !now.includes(code)),
      },
    });
    changed('*');
    return known(shownLists(db, kit.shipped), list);
  },

  'codes.confirm': ({ db, kit, write, changed, note }, { list, note: said }) => {
    known(kit.shipped, list);
    putConfirmation(db, list, said, write.commit());
    note({ detail: { list } });
    changed('*');
    return known(shownLists(db, kit.shipped), list);
  },
} satisfies HandlersOf<'codes.lists' | 'codes.use' | 'codes.define' | 'codes.confirm'>;

function known<L extends CodeList>(lists: readonly L[], name: string): L {
  const list = lists.find((one) => one.list === name);
  if (!list) throw new AppError('codes-unknown', { list: name });
  return list;
}
