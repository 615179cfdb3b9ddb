/** Words of community correction (社区矫正). */
export const correctionText = {
  title: '社区矫正',
} as const;
