import type { ThemeConfig } from 'antd';

/** Quiet and dense: an office screen of 1366×768 with much text on it. Contrast is at least 4.5:1 throughout. */
export const theme: ThemeConfig = {
  token: {
    colorPrimary: '#1f4e8c',
    colorLink: '#1f4e8c',
    colorError: '#b3261e',
    colorWarning: '#8a5300',
    colorSuccess: '#1d6b36',
    colorInfo: '#1f4e8c',
    colorInfoBg: '#e3ecf7',
    colorInfoBorder: '#b9cbe3',
    colorErrorBg: '#fdeeec',
    colorErrorBorder: '#e5b4af',
    colorWarningBg: '#fff5dd',
    colorWarningBorder: '#e6cf9a',
    colorSuccessBg: '#eaf5ec',
    colorSuccessBorder: '#b5d6bd',
    colorTextDescription: '#595f69',
    colorTextPlaceholder: '#6a707b',
    borderRadius: 3,
    fontSize: 14,
    motion: false,
    fontFamily:
      "'Microsoft YaHei', 'Noto Sans CJK SC', 'Source Han Sans SC', 'WenQuanYi Micro Hei', sans-serif",
  },
};
