/** Words of `ronda rescore`, Indonesian and English. */

interface Report {
  readonly looked: number;
  readonly changed: number;
  readonly noLongerFlagged: number;
  readonly inCases: number;
  readonly incomplete: number;
}

const en = {
  item: (n: number, from: string, to: string) => `item ${n}: ${from} → ${to}`,
  more: (n: number) => `… and ${n} more`,
  would: ({ looked, changed }: Report) =>
    `${changed} of ${looked} kept item(s) would read otherwise. Nothing was changed.`,
  did: ({ looked, changed }: Report) =>
    `${changed} of ${looked} kept item(s) read otherwise now, each with an event.`,
  noLongerFlagged: (n: number) =>
    `${n} of them would be brought to nobody any more; where nobody touched them, they go after retention.not_flagged.`,
  inCases: (n: number) => `${n} escalated item(s) read otherwise too and were left as they are.`,
  incomplete: (n: number) => `${n} could be assessed in part only and were left as they are.`,
};

const id: typeof en = {
  item: (n, from, to) => `butir ${n}: ${from} → ${to}`,
  more: (n) => `… dan ${n} lagi`,
  would: ({ looked, changed }) =>
    `${changed} dari ${looked} butir tersimpan akan terbaca lain. Tidak ada yang diubah.`,
  did: ({ looked, changed }) =>
    `${changed} dari ${looked} butir tersimpan kini terbaca lain, masing-masing dengan peristiwanya.`,
  noLongerFlagged: (n) =>
    `${n} di antaranya tidak lagi dibawa kepada siapa pun; yang belum disentuh orang dihapus setelah retention.not_flagged.`,
  inCases: (n) => `${n} butir yang dieskalasi juga terbaca lain dan dibiarkan.`,
  incomplete: (n) => `${n} hanya ternilai sebagian dan dibiarkan.`,
};

export function rescoreWords(language: 'en' | 'id'): typeof en {
  return language === 'id' ? id : en;
}
