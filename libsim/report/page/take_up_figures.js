// Figures of entitlement and take-up, of the scenario chosen and the base.
const benefit_column = { key: "y", label: t("benefit"), words: true }, scenario_column = { key: "scenario", label: t("scenario"), words: true };
const scenario_first = () => (runs.length > 1 ? [scenario_column] : []);
const rows_by_benefit = (measure, scale) => benefit_names.flatMap((benefit) => shown_runs().map((run, i) => {
  const cell = cell_of(run, benefit);
  return with_status({ y: label_of(benefit), scenario: run.scenario, colour: scenario_colour(i), ...figure_row(is_hidden(cell) ? cell : cell[measure], scale) });
}));
const spoken = (rows, show) => known(rows).map((row) => `${row.y}${runs.length > 1 && row.scenario ? ` (${row.scenario})` : ""}: ${show(row.value)}`).join("; ");
const percent_of_100 = (value) => `${one_digit(value)} %`;

const rate_figure = () => figure("figure-rate", t("f_rate"), t("f_rate_text"), () => {
  const rows = rows_by_benefit("non_take_up_rate_heads", 100);
  return {
    rows, columns: figure_columns([benefit_column, ...scenario_first()], t("rate_heads"), one_digit), key: scenario_key(),
    alt: `${t("f_rate")}. ${spoken(rows, percent_of_100)}`,
    draw: known(rows).length ? (width) => interval_plot(rows, width, { label: t("rate_heads"), percent: true }) : null,
  };
});

const group_figure = () => figure("figure-group", t("f_group"), () => `${label_of(state.benefit)}. ${t("f_group_text")}`, () => {
  const all = benefit_names.flatMap((benefit) => Object.entries(base.benefits[benefit].groups).filter(([group]) => group !== "all").flatMap(([group, cells]) =>
    Object.entries(cells).flatMap(([cell, about]) => shown_runs().map((run, i) => {
      const found = cell_of(run, benefit, group, cell);
      return with_status({ benefit, benefit_label: label_of(benefit), group, y: about.label || cell, scenario: run.scenario, colour: scenario_colour(i),
        sampled_units: found.sampled_units ?? null, ...figure_row(is_hidden(found) ? found : found.non_take_up_rate_heads, 100) });
    }))));
  const rows = all.filter((row) => row.benefit === state.benefit && row.group === state.group);
  const overall = value_of(cell_of(runs[state.scenario], state.benefit).non_take_up_rate_heads);
  return {
    rows: all, key: scenario_key(),
    columns: figure_columns([{ key: "benefit_label", label: t("benefit"), words: true }, { key: "group", label: t("group"), words: true }, { key: "y", label: t("cell"), words: true }, ...scenario_first(),
      { key: "sampled_units", label: t("sampled"), show: whole }], t("rate_heads"), one_digit),
    alt: `${t("f_group")}, ${label_of(state.benefit)}. ${spoken(rows, percent_of_100)}`,
    draw: known(rows).length ? (width) => interval_plot(rows, width, { label: t("rate_heads"), percent: true,
      marks: overall === null ? [] : [P.ruleX([100 * overall], { stroke: "#1b1f24", strokeDasharray: "4 3" })] }) : null,
  };
});

const funnel_figure = () => figure("figure-funnel", t("f_funnel"), t("f_funnel_text"), () => {
  const stages = [["eligible_units", t("eligible"), "#9db7d8"], ["taking_up_units", t("claiming"), "#4f7fb8"], ["paid_units", t("paid"), "#1d4f91"]];
  const run = runs[state.scenario], levels = new Set(benefit_names.map((benefit) => base.benefits[benefit].level ?? "units"));
  const rows = benefit_names.flatMap((benefit) => stages.map(([measure, stage, colour]) => {
    const cell = cell_of(run, benefit);
    return with_status({ y: label_of(benefit), scenario: run.scenario, stage, colour, ...figure_row(is_hidden(cell) ? cell : cell[measure], 1e-3) });
  }));
  const drawn = known(rows);
  return {
    rows, columns: figure_columns([benefit_column, { key: "stage", label: t("stage"), words: true }, ...scenario_first()], t("thousands"), one_digit),
    key: stages.map(([, stage, colour]) => [colour, stage]),
    alt: `${t("f_funnel")} (${run.scenario}, ${t("thousands")}). ${drawn.map((row) => `${row.y}, ${row.stage}: ${one_digit(row.value)}`).join("; ")}`,
    draw: drawn.length ? (width) => P.plot({
      ...frame_of(width, benefit_names.length * 3, 19, { marginRight: width < 520 ? 44 : 60 }),
      insetRight: 10,
      x: { label: `${t(levels.size === 1 ? [...levels][0] : "units")}, ${t("thousands")}`, grid: true, ticks: ticks(width), tickFormat: plain_or_digit, labelAnchor: "center", labelArrow: "none", labelOffset: below },
      y: { axis: null, domain: stages.map(([, stage]) => stage), padding: 0.08 },
      fy: { domain: benefit_names.map(label_of), axis: null, padding: 0.22 }, color: { type: "identity" },
      marks: [
        P.axisFy({ ...left_words(width), anchor: "left", textAnchor: "end", dx: -6 }),
        P.barX(drawn, { x: "value", y: "stage", fy: "y", fill: "colour" }),
        P.text(drawn, { x: "value", y: "stage", fy: "y", text: (row) => one_digit(row.value), textAnchor: "start", dx: 4, fontSize: 11, fill: "#1b1f24" }),
        P.ruleX([0], { stroke: "#7d8894" }),
      ],
    }) : null,
  };
});

const unclaimed_figure = () => figure("figure-unclaimed", t("f_unclaimed"), t("f_unclaimed_text"), () => {
  const rows = rows_by_benefit("euros_unclaimed", 1e-6);
  return {
    rows, columns: figure_columns([benefit_column, ...scenario_first()], t("unclaimed"), two_digits), key: scenario_key(),
    alt: `${t("f_unclaimed")}. ${spoken(rows, (value) => `${one_digit(value)} M€`)}`,
    draw: known(rows).length ? (width) => interval_plot(rows, width, { label: t("millions"), bars: true }) : null,
  };
});

const has_map = () => Object.keys(base.benefits[state.benefit]?.groups?.departement ?? {}).some((cell) => /^d?(22|29|35|56)$/.test(cell));
const map_figure = () => figure("figure-map", t("f_map"), () => `${label_of(state.benefit)}, ${runs[state.scenario].scenario}. ${t("f_map_text")}`, () => {
  const run = runs[state.scenario], cells = run.benefits[state.benefit].groups.departement;
  const rows = outlines.features.map((feature) => {
    const name = Object.keys(cells).find((cell) => cell.replace(/^d/, "") === feature.properties.code);
    const found = name ? cell_of(run, state.benefit, "departement", name) : {};
    return with_status({ code: feature.properties.code, y: feature.properties.name, benefit: label_of(state.benefit), ...figure_row(is_hidden(found) ? found : found.non_take_up_rate_heads, 100) });
  });
  const by_code = new Map(rows.map((row) => [row.code, row]));
  const text_at = { 22: [-2.85, 48.36], 29: [-4.02, 48.27], 35: [-1.62, 48.12], 56: [-2.86, 47.88] };
  const highest = Math.max(1, ...known(rows).map((row) => row.value));
  const write = (row) => (row.hidden ? t("hidden") : row.value === null ? t("unknown") : percent_of_100(row.value));
  return {
    rows, columns: figure_columns([{ key: "y", label: "Département", words: true }, { key: "code", label: "Code", words: true }, { key: "benefit", label: t("benefit"), words: true }], t("rate_heads"), one_digit),
    alt: `${t("f_map")}, ${label_of(state.benefit)}. ${rows.map((row) => `${row.y}: ${write(row)}`).join("; ")}`,
    draw: (width) => {
      const wide = Math.min(width, 760);
      return P.plot({
        width: wide, height: Math.round(wide * 0.58), margin: 4, style: { fontSize: wide < 520 ? "11px" : "14px", background: "white" },
        projection: { type: "mercator", domain: outlines },
        color: { type: "linear", scheme: "blues", domain: [0, highest * 1.6], unknown: "#e5e8eb" },
        marks: [
          P.geo(outlines, { fill: (feature) => { const row = by_code.get(feature.properties.code); return row.hidden ? null : row.value; }, stroke: "#ffffff", strokeWidth: 1.5 }),
          P.geo(outlines, { stroke: "#4a5460", strokeWidth: 0.6 }),
          P.text(rows, { x: (row) => text_at[row.code][0], y: (row) => text_at[row.code][1], text: (row) => `${row.y}\n${write(row)}`, fontWeight: 600, lineHeight: 1.25, fill: "#10151b", stroke: "white", strokeWidth: 3.5 }),
        ],
      });
    },
  };
});
