// Numbers as the reader writes them.
const number = (digits, sign) => {
  const format = new Intl.NumberFormat(language === "fr" ? "fr-FR" : "en-GB",
    { minimumFractionDigits: digits, maximumFractionDigits: digits, signDisplay: sign ? "exceptZero" : "negative" });
  return (value) => format.format(value);
};
const whole = number(0), one_digit = number(1), two_digits = number(2), whole_signed = number(0, true), one_signed = number(1, true), two_signed = number(2, true);
const with_percent = (value) => `${one_digit(100 * value)}\u00a0%`;
const in_millions = (value) => `${one_digit(value / 1e6)}\u00a0M€`;
const month_name = (period) => {
  const [year, month] = period.split("-").map(Number);
  return new Intl.DateTimeFormat(language === "fr" ? "fr-FR" : "en-GB", { month: "long", year: "numeric", timeZone: "UTC" }).format(Date.UTC(year, month - 1, 1));
};
/// An interval written out, or "" when there is none. `figure` is [value, low, high] as the page's data have it.
const interval_text = (figure, write, scale = 1) =>
  figure && figure.length === 3 ? `[${write(figure[1] * scale)}\u00a0;\u00a0${write(figure[2] * scale)}]` : "";
