// Figures of what other scenarios change, of budget curves, and of incomes.
const budget_figure = () => figure("figure-budget", t("f_budget"), t("f_budget_text"), () => {
  const rows = changes.flatMap((change, i) => benefit_names.map((benefit) => {
    const cell = change.benefits[benefit]?.all?.all?.[state.window] ?? {};
    return with_status({ y: label_of(benefit), scenario: change.scenario, colour: colours.lines[i % colours.lines.length], ...figure_row(is_hidden(cell) ? cell : cell.euros_paid, 1e-6) });
  }));
  const moved = new Set(rows.filter((row) => row.value !== null && row.value !== 0).map((row) => row.y));
  const drawn = rows.filter((row) => moved.has(row.y));
  return {
    rows, columns: figure_columns([scenario_column, benefit_column], t("d_paid"), two_signed),
    key: changes.map((change, i) => [colours.lines[i % colours.lines.length], change.scenario]),
    alt: `${t("f_budget")}. ${spoken(drawn, (value) => `${two_signed(value)} M€`)}`,
    draw: drawn.length ? (width) => interval_plot(drawn, width, { label: t("millions"), bars: true, signed: true }) : null,
  };
});

const household_now = () => data.curves.households.find((one) => one.name === state.household);
const shown_curves = () => household_now().curves.map((one, i) => ({ ...one, colour: runs.length > 1 && i === 0 ? colours.base : colours.lines[i % colours.lines.length] }))
  .filter((one, i) => i === 0 || state.scenario === 0 || runs[state.scenario].scenario === one.scenario);
const curve_key = () => (runs.length > 1 ? shown_curves().map((one) => [one.colour, one.scenario]) : []);
const euro_axis = (label, width) => ({ label, grid: true, tickFormat: whole, labelAnchor: "center", labelArrow: "none", ticks: width < 520 ? 5 : 8 });
const wage_axis = (width) => ({ ...euro_axis(t("wage"), width), labelOffset: below });
const curve_frame = (width) => ({ width, height: width < 520 ? 300 : 380, marginLeft: 62, marginRight: 20, marginBottom: 46, marginTop: 14, style: { fontSize: "13px", background: "white" } });
const curve_columns = (label, show) => [scenario_column, { key: "x", label: t("wage"), show: whole }, { key: "value", label, show }];

const curve_figure = () => figure("figure-curve", t("f_curve"), () => `${t(state.household)}. ${t("f_curve_text")}`, () => {
  const rows = shown_curves().flatMap((one) => one.axis.map((x, i) => ({ scenario: one.scenario, colour: one.colour, x, value: one.income[i] ?? null })));
  const ends = shown_curves().map((one) => `${one.scenario}: ${whole(one.income[0])} € → ${whole(one.income.at(-1))} €`).join("; ");
  return {
    rows, columns: curve_columns(t("income"), two_digits), key: curve_key(), alt: `${t("f_curve")}, ${t(state.household)}. ${ends}`,
    draw: known(rows).length ? (width) => P.plot({
      ...curve_frame(width), x: wage_axis(width), y: { ...euro_axis(t("income"), width), zero: true }, color: { type: "identity" },
      marks: [P.ruleY([0]), P.lineY(rows, { x: "x", y: "value", z: "scenario", stroke: "colour", strokeWidth: 2.2 }),
        P.tip(rows, P.pointerX({ x: "x", y: "value", title: (row) => `${row.scenario}\n${whole(row.x)} € → ${whole(row.value)} €` }))],
    }) : null,
  };
});

const stack_figure = () => figure("figure-stack", t("f_stack"), () => t("f_stack_text", `${t(state.household)}, ${shown_curves().at(-1).scenario}`), () => {
  const one = shown_curves().at(-1);
  const lines = Object.entries(one.lines).filter(([, line]) => line.values.some((value) => value !== 0));
  const colour_of = (i) => colours.lines[i % colours.lines.length];
  const rows = lines.flatMap(([name, line], i) => one.axis.map((x, at) => ({ benefit: name, y: short_label(line.label || name), colour: colour_of(i), x, value: line.values[at] })));
  return {
    rows, columns: [benefit_column, { key: "x", label: t("wage"), show: whole }, { key: "value", label: t("euros_month"), show: two_digits }],
    key: lines.map(([name, line], i) => [colour_of(i), short_label(line.label || name)]),
    alt: `${t("f_stack")}, ${t(state.household)}. ${lines.map(([name, line]) => `${short_label(line.label || name)}: ${whole(line.values[0])} € → ${whole(line.values.at(-1))} €`).join("; ")}`,
    draw: rows.length ? (width) => P.plot({
      ...curve_frame(width), x: wage_axis(width), y: { ...euro_axis(t("euros_month"), width), zero: true }, color: { type: "identity" },
      marks: [P.areaY(rows, { x: "x", y: "value", z: "y", fill: "colour", fillOpacity: 0.85, stroke: "white", strokeWidth: 0.5 }), P.ruleY([0])],
    }) : null,
  };
});

const metr_figure = () => figure("figure-metr", t("f_metr"), () => `${t(state.household)}. ${t("f_metr_text")}`, () => {
  const rows = shown_curves().flatMap((one) => one.marginal_rate.map((rate, i) => ({ scenario: one.scenario, colour: one.colour, x: one.axis[i], value: 100 * rate })));
  return {
    rows, columns: curve_columns(t("metr"), one_digit), key: curve_key(),
    alt: `${t("f_metr")}, ${t(state.household)}. ${shown_curves().map((one) => `${one.scenario}: ${one.axis.slice(0, -1).map((x, i) => [x, one.marginal_rate[i]]).filter(([x]) => x % 500 === 0).map(([x, rate]) => `${whole(x)} €: ${whole(100 * rate)} %`).join(", ")}`).join("; ")}`,
    draw: rows.length ? (width) => P.plot({
      ...curve_frame(width), x: wage_axis(width),
      y: { label: t("metr"), domain: [-50, 150], grid: true, clamp: true, tickFormat: whole, labelAnchor: "center", labelArrow: "none" }, color: { type: "identity" },
      marks: [P.ruleY([0, 100], { stroke: "#7d8894" }), P.lineY(rows, { x: "x", y: "value", z: "scenario", stroke: "colour", strokeWidth: 1.8, curve: "step-after" })],
    }) : null,
  };
});

const cases = ["paid", "full_take_up", "without_benefits"], case_colours = [colours.main, colours.third, colours.second];
const income_rows = (run, measures, scale) => cases.flatMap((name, i) => measures.map(([measure, y]) => with_status({
  y, case: t(`case_${name}`), scenario: t(`case_${name}`), colour: case_colours[i], ...figure_row(run.income.figures[name]?.[measure], scale) })));
const case_key = () => cases.map((name, i) => [case_colours[i], t(`case_${name}`)]);
const case_column = { key: "case", label: t("case"), words: true };

const decile_figure = () => figure("figure-deciles", t("f_deciles"), () => `${runs[state.scenario].scenario}. ${t("f_deciles_text")}`, () => {
  const measures = [1, 2, 3, 4, 5, 6, 7, 8, 9].map((d) => [d === 5 ? "median_standard_of_living" : `decile_${d}`, `D${d}`]);
  const rows = income_rows(runs[state.scenario], measures, 1 / 12), drawn = known(rows);
  return {
    rows, columns: figure_columns([{ key: "y", label: t("decile"), words: true }, case_column], t("euros_month"), whole), key: case_key(),
    alt: `${t("f_deciles")}. ${drawn.map((row) => `${row.y} (${row.case}): ${whole(row.value)} €`).join("; ")}`,
    draw: drawn.length ? (width) => P.plot({
      ...curve_frame(width), x: { label: null, domain: measures.map(([, y]) => y), padding: 0.4 }, fx: { axis: null },
      y: { ...euro_axis(t("euros_month"), width), zero: true }, color: { type: "identity" },
      marks: [P.ruleY([0]), P.lineY(drawn, { x: "y", y: "value", z: "case", stroke: "colour", strokeOpacity: 0.5 }),
        P.ruleX(drawn.filter((row) => row.low !== null), { x: "y", y1: "low", y2: "high", stroke: "colour" }), P.dot(drawn, { x: "y", y: "value", fill: "colour", r: 4 })],
    }) : null,
  };
});

const poverty_figure = () => figure("figure-poverty", t("f_poverty"), () => `${runs[state.scenario].scenario}. ${t("f_poverty_text")}`, () => {
  const rows = income_rows(runs[state.scenario], [["poverty_rate_60", ""]], 100).map((row) => ({ ...row, y: row.case, scenario: "" }));
  return {
    rows, columns: figure_columns([case_column], t("share_persons"), one_digit), alt: `${t("f_poverty")}. ${known(rows).map((row) => `${row.case}: ${percent_of_100(row.value)}`).join("; ")}`,
    draw: known(rows).length ? (width) => interval_plot(rows, width, { label: t("share_persons"), percent: true }) : null,
  };
});

const changes_of_income = () => changes.filter((change) => change.income?.mean_change_by_decile);
const gain_figure = () => figure("figure-gain", t("f_gain"), () => `${(changes[state.scenario - 1] ?? changes[0]).scenario}. ${t("f_gain_text")}`, () => {
  const rows = changes_of_income().flatMap((change) => Object.entries(change.income.mean_change_by_decile).map(([decile, one]) =>
    with_status({ y: `D${decile}`, scenario: change.scenario, ...figure_row(one) })));
  const chosen = (changes[state.scenario - 1] ?? changes[0]).scenario, drawn = known(rows.filter((row) => row.scenario === chosen));
  return {
    rows, columns: figure_columns([scenario_column, { key: "y", label: t("decile"), words: true }], t("euros_month"), two_signed),
    alt: `${t("f_gain")}, ${chosen}. ${drawn.map((row) => `${row.y}: ${two_signed(row.value)} €`).join("; ")}`,
    draw: drawn.length ? (width) => P.plot({
      ...curve_frame(width), x: { label: null, domain: [1, 2, 3, 4, 5, 6, 7, 8, 9, 10].map((d) => `D${d}`) },
      y: { ...euro_axis(t("euros_month"), width), tickFormat: one_signed_or_whole, zero: true },
      marks: [P.barY(drawn, { x: "y", y: "value", fill: colours.main, fillOpacity: 0.8 }),
        P.ruleX(drawn.filter((row) => row.low !== null), { x: "y", y1: "low", y2: "high", stroke: "#1b1f24", strokeWidth: 1.5 }), P.ruleY([0])],
    }) : null,
  };
});

const bands = [["loses_more_than_5_percent", "#9a3412"], ["loses_up_to_5_percent", "#f0a468"], ["unchanged", "#d5dbe1"], ["gains_up_to_5_percent", "#8ab6d6"], ["gains_more_than_5_percent", "#1d4f91"]];
const band_name = (band) => t(band === "unchanged" ? "band_unchanged" : band);
const winners_figure = () => figure("figure-winners", t("f_winners"), t("f_winners_text"), () => {
  const rows = changes_of_income().flatMap((change) => bands.map(([band, colour]) =>
    with_status({ y: change.scenario, scenario: change.scenario, band: band_name(band), colour, ...figure_row(change.income.winners_and_losers?.[band], 100) })));
  const drawn = known(rows);
  return {
    rows, columns: figure_columns([scenario_column, { key: "band", label: t("band"), words: true }], t("share_persons"), one_digit), key: bands.map(([band, colour]) => [colour, band_name(band)]),
    alt: `${t("f_winners")}. ${drawn.map((row) => `${row.y}, ${row.band}: ${percent_of_100(row.value)}`).join("; ")}`,
    draw: drawn.length ? (width) => P.plot({
      ...frame_of(width, changes_of_income().length, 40), x: { label: t("share_persons"), domain: [0, 100], tickFormat: (v) => `${whole(v)} %`, ticks: ticks(width), labelAnchor: "center", labelArrow: "none", labelOffset: below },
      y: { axis: null, domain: changes_of_income().map((change) => change.scenario), padding: 0.25 }, color: { type: "identity" },
      marks: [P.axisY({ ...left_words(width), textAnchor: "end" }), P.barX(drawn, P.stackX({ x: "value", y: "y", fill: "colour", order: null })),
        P.text(drawn.filter((row) => row.value >= (width < 520 ? 16 : 6)), P.stackX({ x: "value", y: "y", text: (row) => one_digit(row.value), z: "band", fill: (row) => (["#9a3412", "#1d4f91"].includes(row.colour) ? "white" : "#1b1f24") }))],
    }) : null,
  };
});
