/** Chinese numerals and the marks of written dates, amounts and numbers. */

export const dateMarks = { year: '年', month: '月', day: '日' } as const;

/** 〇 is the zero of written dates, 零 that of amounts. */
export const plainNumerals = ['〇', '一', '二', '三', '四', '五', '六', '七', '八', '九', '十'] as const;
export const plainZeros = ['〇', '零', '○', 'O'] as const;

/** Capital numerals for amounts (正确填写票据和结算凭证的基本规定). */
export const capitalNumerals = ['零', '壹', '贰', '叁', '肆', '伍', '陆', '柒', '捌', '玖'] as const;
export const capitalPlaces = ['', '拾', '佰', '仟'] as const;
export const capitalGroups = ['', '万', '亿', '万亿'] as const;
export const capitalUnits = { yuan: '元', jiao: '角', fen: '分', whole: '整', minus: '负' } as const;

export const amountMarks = {
  yuan: '元',
  tenThousand: '万',
  hundredMillion: '亿',
  currencies: '¥￥',
} as const;
