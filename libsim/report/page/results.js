// The results as the page reads them. A figure is [value, low, high], [value], [] (not known), or {suppressed: true}.
const data = JSON.parse(document.getElementById("data").textContent);
const outlines = JSON.parse(document.getElementById("outlines").textContent);
const runs = data.results.scenarios ?? [data.results];
const changes = data.results.differences ?? [];
const base = runs[0];
const records = data.record ? data.record.scenarios ?? [data.record] : [];
const benefit_names = Object.keys(base.benefits);
/// Without what follows the first comma (", before CRDS"): the run record and the result files have the whole label.
const short_label = (label) => label.split(",")[0];
const label_of = (benefit) => short_label(base.benefits[benefit].label || benefit);
const state = {
  scenario: runs.length > 1 ? 1 : 0,
  window: "month",
  benefit: benefit_names[0],
  group: Object.keys(base.benefits[benefit_names[0]]?.groups ?? {}).find((name) => name !== "all"),
  household: data.curves?.households?.[0]?.name,
};

const is_hidden = (cell) => Boolean(cell?.suppressed);
const value_of = (figure) => (Array.isArray(figure) && figure.length ? figure[0] : null);
const low_of = (figure) => (Array.isArray(figure) && figure.length === 3 ? figure[1] : null);
const high_of = (figure) => (Array.isArray(figure) && figure.length === 3 ? figure[2] : null);
const cell_of = (run, benefit, group = "all", cell = "all") => run.benefits[benefit]?.groups?.[group]?.[cell]?.[state.window] ?? {};
const shown_runs = () => (state.scenario === 0 ? [base] : [base, runs[state.scenario]]);
const windows = ["month", "quarter", "durable"].filter((name) => benefit_names.some((benefit) => base.benefits[benefit].groups?.all?.all?.[name]?.eligible_units));
/// A row for tables and plots: value and interval of one figure, times `scale`.
const figure_row = (figure, scale = 1) => {
  const times = (value) => (value === null ? null : value * scale);
  return { value: times(value_of(figure)), low: times(low_of(figure)), high: times(high_of(figure)), hidden: is_hidden(figure) };
};
