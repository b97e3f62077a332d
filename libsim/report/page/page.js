// The page, part by part. A part that the results cannot fill says so and leaves the others alone.
const many_cells = 60;
const part = (id, title, ...make) => {
  const section = element("section", { id, "aria-labelledby": `${id}-head` }, element("h2", { id: `${id}-head` }, title));
  for (const one of make) {
    try {
      section.append(...[one()].flat().filter(Boolean));
    } catch (fault) {
      console.error(fault);
      section.append(element("p", { class: "notice" }, t("failed")));
    }
  }
  return section;
};

const take_up_text = (model) => [model.model === "rate" ? `${t("rate")} ${with_percent(model.rate)}` : `${t("model")} ${model.model}`, model.source].filter(Boolean).join(". ");
const population_words = () => `${base.population.source}${base.population.synthetic ? ` (${language === "fr" ? "synthétique" : "synthetic"})` : ""}`;

const asked_part = () => part("asked", t("asked"), () => [
  described([
    [runs.length > 1 ? t("scenarios") : t("scenario"), runs.map((run) => run.scenario).join(" · ")],
    [t("month_of_law"), month_name(base.period)],
    [t("population"), population_words()],
    [t("households"), whole(base.population.rows.menages)],
    [t("persons"), whole(base.population.rows.individus)],
    [t("weighted"), whole(base.population.weighted_households)],
    [t("benefits"), benefit_names.map(label_of).join(", ")],
    [t("seed"), records[0] ? String(records[0].seed) : null],
  ]),
  element("details", {}, element("summary", {}, t("take_up")), sortable_table(
    [{ key: "benefit", label: t("benefit"), words: true }, { key: "text", label: t("take_up"), words: true }],
    benefit_names.map((benefit) => ({ benefit: label_of(benefit), text: take_up_text(base.take_up[benefit] ?? {}) })), t("take_up"))),
]);

const changes_part = () => part("changes", t("changes"), () => runs.slice(runs.length > 1 ? 1 : 0).map((run, at) => {
  const record = records[runs.length > 1 ? at + 1 : 0];
  const said = (record?.reforms ?? []).map((reform) => element("li", {}, element("code", {}, reform.what)));
  if (run !== base) {
    for (const benefit of benefit_names) {
      const now = run.take_up[benefit] ?? {};
      if (JSON.stringify(now) !== JSON.stringify(base.take_up[benefit] ?? {})) said.push(element("li", {}, `${t("take_up_changes", label_of(benefit))}: ${take_up_text(now)}`));
    }
  }
  return element("div", {}, element("h3", {}, run.scenario), said.length ? element("ul", {}, said) : element("p", {}, t("unchanged")));
}));

function headlines() {
  const total = benefit_names.reduce((sum, benefit) => sum + (value_of(cell_of(base, benefit).euros_unclaimed) ?? 0), 0);
  const cards = [[in_millions(total), t("headline_unclaimed")]];
  const by_loss = [...benefit_names].sort((a, b) => (value_of(cell_of(base, b).euros_unclaimed) ?? 0) - (value_of(cell_of(base, a).euros_unclaimed) ?? 0));
  for (const benefit of by_loss.slice(0, runs.length > 1 ? 1 : 2)) {
    const cell = cell_of(base, benefit);
    if (value_of(cell.non_take_up_rate_heads) === null) continue;
    cards.push([with_percent(value_of(cell.non_take_up_rate_heads)), `${t("headline_rate", label_of(benefit))} (${t("headline_of", interval_text(cell.non_take_up_rate_heads, one_digit, 100),
      `${whole(value_of(cell.not_taking_up_units))} ${t(base.benefits[benefit].level ?? "units")}`)})`]);
  }
  for (const change of changes.slice(0, 4)) {
    const largest = [...benefit_names].filter((benefit) => value_of(change.benefits[benefit]?.all?.all?.[state.window]?.euros_paid) !== null)
      .sort((a, b) => Math.abs(value_of(change.benefits[b].all.all[state.window].euros_paid)) - Math.abs(value_of(change.benefits[a].all.all[state.window].euros_paid)))[0];
    if (!largest) continue;
    const paid = change.benefits[largest].all.all[state.window].euros_paid;
    cards.push([`${two_signed(value_of(paid) / 1e6)} M€`, `${t("headline_change", `${change.scenario}, ${label_of(largest)}`)} (${t("headline_change_of", interval_text(paid, two_signed, 1e-6))})`]);
  }
  return element("ul", { class: "headlines" }, cards.map(([figure_text, words]) => element("li", {}, element("strong", {}, figure_text), words)));
}

const redrawn = [];
/// A place that is written again whenever a choice changes.
const living = (make) => {
  const place = element("div");
  redrawn.push(() => place.replaceChildren(...[make()].flat()));
  return place;
};
function choose(key, value) {
  state[key] = value;
  for (const one of redrawn) one();
  for (const one of figures) one.update();
}

function choices(...keys) {
  const all = {
    scenario: () => runs.length > 1 && choice(t("scenario"), runs.map((run, i) => [String(i), i === 0 ? `${run.scenario} (${t("base").toLowerCase()})` : run.scenario]), String(state.scenario), (v) => choose("scenario", Number(v))),
    window: () => windows.length > 1 && choice(t("window"), windows.map((name) => [name, t(name)]), state.window, (v) => choose("window", v)),
    benefit: () => choice(t("benefit"), benefit_names.map((name) => [name, label_of(name)]), state.benefit, (v) => choose("benefit", v)),
    group: () => groups_of().length > 1 && choice(t("group"), groups_of().map((name) => [name, name]), state.group, (v) => choose("group", v)),
    household: () => choice(t("household"), data.curves.households.map((one) => [one.name, t(one.name)]), state.household, (v) => choose("household", v)),
  };
  const made = keys.map((key) => all[key]()).filter(Boolean);
  return made.length ? element("div", { class: "choices" }, made) : null;
}
const groups_of = () => Object.keys(base.benefits[state.benefit]?.groups ?? {}).filter((name) => name !== "all");

const downloadable = (columns, rows, caption, file) => [sortable_table(columns, rows, caption),
  element("div", { class: "actions" }, element("button", { type: "button", click: () => save(file, "text/csv;charset=utf-8", to_csv(columns, rows)) }, t("table_csv")))];

function main_table() {
  const run = runs[state.scenario];
  const rows = benefit_names.flatMap((benefit) => {
    const cell = cell_of(run, benefit);
    const row = (label, right = "") => {
      const of = (name, scale = 1) => (value_of(cell[name + right]) === null ? null : value_of(cell[name + right]) * scale);
      return { benefit: label, eligible_units: of("eligible_units"), taking_up_units: of("taking_up_units"), rate_percent: of("non_take_up_rate_heads", 100),
        interval: interval_text(cell["non_take_up_rate_heads" + right], one_digit, 100), rate_euros_percent: of("non_take_up_rate_euros", 100), right_millions: of("euros_of_right", 1e-6),
        paid_millions: of("euros_paid", 1e-6), unclaimed_millions: of("euros_unclaimed", 1e-6), hidden: is_hidden(cell) };
    };
    const full = "_at_full_take_up";
    return cell["eligible_units" + full] ? [row(label_of(benefit)), row(t("at_full_take_up", label_of(benefit)), full)] : [row(label_of(benefit))];
  });
  const columns = [{ key: "benefit", label: t("benefit"), words: true }, { key: "eligible_units", label: t("eligible"), show: whole }, { key: "taking_up_units", label: t("claiming"), show: whole },
    { key: "rate_percent", label: t("rate_heads"), show: one_digit }, { key: "interval", label: t("interval") }, { key: "rate_euros_percent", label: t("rate_euros"), show: one_digit },
    { key: "right_millions", label: t("right"), show: one_digit }, { key: "paid_millions", label: t("euros_paid"), show: one_digit }, { key: "unclaimed_millions", label: t("unclaimed"), show: one_digit }];
  return downloadable(columns, rows, `${run.scenario}, ${month_name(run.period)}, ${t(state.window).toLowerCase()}`, "table.csv");
}

function differences_table() {
  const rows = changes.flatMap((change) => benefit_names.map((benefit) => {
    const cell = change.benefits[benefit]?.all?.all?.[state.window] ?? {}, of = (name, scale = 1) => (value_of(cell[name]) === null ? null : value_of(cell[name]) * scale);
    return { scenario: change.scenario, benefit: label_of(benefit), eligible_units: of("eligible_units"), right_millions: of("euros_of_right", 1e-6), right_interval: interval_text(cell.euros_of_right, two_signed, 1e-6),
      paid_millions: of("euros_paid", 1e-6), paid_interval: interval_text(cell.euros_paid, two_signed, 1e-6), rate_points: of("non_take_up_rate_heads", 100), hidden: is_hidden(cell) };
  })).filter((row) => row.hidden || [row.eligible_units, row.right_millions, row.paid_millions, row.rate_points].some((value) => value));
  const columns = [{ key: "scenario", label: t("scenario"), words: true }, { key: "benefit", label: t("benefit"), words: true }, { key: "eligible_units", label: t("d_eligible"), show: whole_signed },
    { key: "right_millions", label: t("d_right"), show: two_signed }, { key: "right_interval", label: t("interval") }, { key: "paid_millions", label: t("d_paid"), show: two_signed },
    { key: "paid_interval", label: t("interval") }, { key: "rate_points", label: t("d_rate"), show: one_signed }];
  return [element("h3", {}, t("differences")), ...downloadable(columns, rows, `${t("differences")}, ${t(state.window).toLowerCase()}`, "differences.csv")];
}

const plots_part = () => part("plots", t("plots"), () => [
  choices("scenario", "window"), rate_figure(), unclaimed_figure(), funnel_figure(),
  ...(changes.length ? [budget_figure()] : []),
], () => [
  groups_of().length ? choices("benefit", "group") : null, groups_of().length ? group_figure() : null, has_map() ? map_figure() : element("p", {}, t("no_map")),
], () => (data.curves?.households?.length ? [choices("household"), curve_figure(), stack_figure(), metr_figure()] : [element("p", {}, t("no_curves"))]),
() => (base.income?.figures ? [poverty_figure(), decile_figure(), ...(changes_of_income().length ? [gain_figure(), winners_figure()] : [])] : []));

/// What the results call a cell: one benefit or the other has it.
const label_in = (group, cell) => benefit_names.map((benefit) => base.benefits[benefit].groups?.[group]?.[cell]?.label).find(Boolean) ?? cell;

const validation_part = () => part("validation", t("validation"), () => {
  const rows = data.validation.rows.map((row) => ({
    benefit: base.benefits[row.benefit] ? label_of(row.benefit) : row.benefit, cell: row.cell === "all" ? t("v_all") : label_in(row.group, row.cell), counted: t(`v_${row.counted}`), date: row.date,
    published: row.published, full_take_up: value_of(row.full_take_up), paid: value_of(row.paid), interval: interval_text(row.paid, whole),
    ratio_percent: row.paid_over_published === null ? null : row.paid_over_published * 100,
    status: [t(row.status), row.falls_short ? t("v_short") : null].filter(Boolean).join(", "), note: row.note, source: row.source, hidden: is_hidden(row.paid),
  }));
  const first = [{ key: "benefit", label: t("benefit"), words: true }, { key: "cell", label: t("cell"), words: true, narrow: true }, { key: "date", label: t("v_date") }],
    counted = { key: "counted", label: t("v_counted"), words: true, narrow: true };
  const figures_shown = [{ key: "published", label: t("v_published"), show: (value, row) => `${whole(value)} ${row.counted}` }, { key: "full_take_up", label: t("v_full"), show: whole }, { key: "paid", label: t("paid"), show: whole },
    { key: "interval", label: t("interval") }, { key: "ratio_percent", label: t("v_ratio"), show: whole }, { key: "status", label: t("status"), words: true, narrow: true }];
  const words = [{ key: "note", label: t("v_note"), words: true }, { key: "source", label: t("source"), words: true }];
  return [element("p", {}, t("v_text")), sortable_table([...first, ...figures_shown], rows, t("validation")),
    element("details", {}, element("summary", {}, t("v_sources")), sortable_table([...first, counted, ...words], rows, t("v_sources"))),
    element("div", { class: "actions" }, element("button", { type: "button",
      click: () => save("validation.csv", "text/csv;charset=utf-8", to_csv([...first, counted, ...figures_shown, ...words], rows)) }, t("table_csv")))];
});

const method_part = () => part("method", t("method"), () => element("ul", {}, [
  t("m_right"), t("m_interval"), t("m_windows"), runs.every((run) => run.order) ? null : t("m_full_take_up"),
  ...runs.filter((run) => run.order).map((run) => t("m_order", run.scenario, run.order.benefits.map(label_of).join(", "))), base.income?.figures ? t("m_incomes") : null,
  base.population.synthetic ? t("m_no_suppression") : base.suppression ? t("no_suppression") : t("m_suppression"),
  data.groups_left_out?.length ? t("m_groups_left_out", many_cells, data.groups_left_out.join(", ")) : null,
].filter(Boolean).map((text) => element("li", {}, text))));

const record_part = () => part("record", t("record"), () => {
  if (!records.length) return element("p", {}, t("r_missing"));
  const first = records[0];
  return [
    described([
      [t("r_version"), first.labacces], [t("r_command"), ["labacces", runs.length > 1 ? "compare" : "run", ...first.command].join(" ")],
      [t("r_law"), `${first.law.folder === "built in" ? t("r_built_in") : first.law.folder} (${t("r_files", Object.keys(first.law.files_sha256).length, first.law.latest_month)})`],
      [t("r_scenario_hash"), records.map((record) => `${record.scenario.name}: ${record.scenario.sha256}`).join(" · ")],
      [t("r_population_hash"), first.population.sha256], [t("seed"), String(first.seed)],
      [t("r_machine"), Object.entries(first.machine).map(([key, value]) => `${key} ${value}`).join(", ")],
    ]),
    element("div", { class: "actions" }, element("button", { type: "button", click: () => save("record.json", "application/json", JSON.stringify(data.record, null, 1)) }, t("json"))),
    element("details", {}, element("summary", {}, t("r_defaults", first.defaults_used.length)), sortable_table(
      [{ key: "variable", label: t("variable"), words: true }, { key: "value", label: t("value") }], first.defaults_used.map(({ variable, value }) => ({ variable, value })), t("r_defaults", first.defaults_used.length))),
    element("details", {}, element("summary", {}, t("r_whole")), element("pre", { tabindex: 0 }, JSON.stringify(data.record, null, 1))),
  ];
});

function write_page() {
  const name = runs.length > 1 ? runs.map((run) => run.scenario).join(" · ") : base.scenario;
  document.title = `${t("title")}: ${name}`;
  const parts = [
    asked_part(), changes_part(),
    part("essentials", t("essentials"), () => living(headlines)),
    part("tables", t("main_table"), () => choices("scenario", "window"), () => living(main_table), () => changes.length && living(differences_table)),
    data.validation ? validation_part() : null, plots_part(), method_part(), record_part(),
  ].filter(Boolean);
  const notice = base.population.synthetic ? t("synthetic") : base.suppression ? t("no_suppression") : null;
  document.getElementById("page").replaceWith(
    element("a", { class: "skip", href: "#content" }, t("skip")),
    element("header", {}, element("div", {}, element("h1", {}, t("title")), element("p", {}, `${name}. ${month_name(base.period)}, ${population_words()}`))),
    element("main", { id: "content", tabindex: -1 }, notice ? element("p", { class: "notice" }, notice) : null,
      element("nav", { "aria-label": t("contents") }, element("ul", {}, parts.map((one) => element("li", {}, element("a", { href: `#${one.id}` }, one.firstChild.textContent))))), parts),
    element("footer", {}, element("p", {}, t("made_by", data.labacces)), element("details", {}, element("summary", {}, t("licences")), element("p", {}, outlines.source), element("pre", { tabindex: 0 }, data.licences))));
  for (const one of redrawn) one();
  for (const one of figures) one.update();
  watch_widths();
  document.documentElement.dataset.ready = "yes";
}
write_page();
