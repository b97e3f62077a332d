// The frame of a figure: heading, one sentence, the plot, its data as a table and as files. The plots are redrawn when the width changes.
const P = globalThis.labaccesPlotting;
const colours = { base: "#6b7683", main: "#1d4f91", second: "#b45309", third: "#0f766e", lines: ["#1d4f91", "#b45309", "#0f766e", "#7c3aed", "#be123c", "#4d7c0f", "#0e7490", "#a21caf", "#78350f", "#334155", "#000000"] };
const figures = [];
const paper_width = 690;  // of a plot on A4, so that its words are as large as those around it
let on_paper = false;

/// make(): {columns, rows, alt, draw(width) or nothing, key: [[colour, text], ...]}; called again whenever a choice changes.
function figure(id, title, text, make) {
  const place = element("div", { class: "plot" }), sentence = element("p", { id: `${id}-text` }), key = element("div", { class: "key", "aria-hidden": "true" });
  const table = element("div"), details = element("details", {}, element("summary", {}, t("data")), table);
  let made = null;
  const draw = () => {
    const width = on_paper ? paper_width : Math.max(280, Math.floor(place.clientWidth || 800));
    if (!P || !made.draw) return place.replaceChildren(element("p", {}, P ? t("none_known") : t("no_plots")));
    const drawn = made.draw(width);
    const picture = drawn.tagName.toLowerCase() === "svg" ? drawn : drawn.querySelector("svg:last-of-type");
    for (const piece of picture.querySelectorAll("[aria-label]")) piece.removeAttribute("aria-label");  // the picture is read as a whole
    picture.setAttribute("role", "img");
    picture.setAttribute("aria-label", made.alt);
    picture.setAttribute("aria-describedby", `${id}-text`);
    place.replaceChildren(drawn);
  };
  const update = () => {
    made = make();
    sentence.textContent = typeof text === "function" ? text() : text;
    key.replaceChildren(...(made.key ?? []).map(([colour, label]) => element("span", { style: `--colour: ${colour}` }, label)));
    table.replaceChildren(sortable_table(made.columns, made.rows, title));
    if (!P) details.open = true;
    draw();
  };
  const save_picture = () => {
    const picture = place.querySelector("svg")?.cloneNode(true);
    if (!picture) return;
    picture.setAttribute("xmlns", "http://www.w3.org/2000/svg");
    save(`${id}.svg`, "image/svg+xml", new XMLSerializer().serializeToString(picture));
  };
  const frame = element("figure", { class: "figure", id, "aria-labelledby": `${id}-title` },
    element("h3", { id: `${id}-title` }, title), sentence, key, place,
    element("div", { class: "actions" },
      element("button", { type: "button", click: () => save(`${id}.csv`, "text/csv;charset=utf-8", to_csv(made.columns, made.rows)) }, t("csv")),
      P ? element("button", { type: "button", click: save_picture }, t("svg")) : null),
    details);
  figures.push({ update, draw, place });
  return frame;
}

/// Draws again for paper, and when a figure got another width.
function watch_widths() {
  const turn = (paper) => {
    on_paper = paper;
    for (const one of figures) one.draw();
  };
  addEventListener("beforeprint", () => turn(true));
  addEventListener("afterprint", () => turn(false));
  const widths = new Map();
  const watcher = new ResizeObserver((entries) => {
    for (const entry of entries) {
      const width = Math.floor(entry.contentRect.width), before = widths.get(entry.target);
      widths.set(entry.target, width);
      if (before !== undefined && Math.abs(before - width) > 8) figures.find((one) => one.place === entry.target).draw();
    }
  });
  for (const one of figures) watcher.observe(one.place);
}

const left_margin = (width) => (width < 520 ? 116 : 230);
/// Options that all plots with words on the left share. `rows` says how many, `step` how high each is.
const frame_of = (width, rows, step, more = {}) => ({
  width, height: Math.max(120, rows * step + 66), marginLeft: left_margin(width), marginRight: width < 520 ? 34 : 60, marginTop: 8, marginBottom: 48,
  style: { fontSize: "13px", background: "white" }, ...more,
});
const left_words = (width, more = {}) => ({ label: null, tickSize: 0, lineWidth: width < 520 ? 7 : 15, ...more });
/// Where the words under an axis stand: low strokes of letters are whole.
const below = 40;
const ticks = (width) => (width < 520 ? 4 : 7);
const scenario_colour = (index) => (runs.length > 1 && index === 0 ? colours.base : runs.length > 1 ? colours.second : colours.main);
const scenario_key = () => (shown_runs().length > 1 ? shown_runs().map((run, i) => [scenario_colour(i), i === 0 ? `${run.scenario} (${t("base").toLowerCase()})` : run.scenario]) : []);
const known = (rows) => rows.filter((row) => row.value !== null && !row.hidden);

/// Columns of a table of figures with intervals.
const figure_columns = (first, unit, show) => [
  ...first, { key: "value", label: unit, show }, { key: "low", label: t("low"), show }, { key: "high", label: t("high"), show },
  { key: "status", label: t("status"), words: true },
];
const with_status = (row) => ({ ...row, status: row.hidden ? t("hidden") : row.value === null ? t("none_known") : "" });

/// Points with intervals, a row each: by `y`, and within it by scenario. `marks` go under the points.
function interval_plot(rows, width, { label, percent, marks = [], signed = false, bars = false, step = 26 }) {
  const drawn = known(rows), names = [...new Set(rows.map((row) => row.y))], several = new Set(rows.map((row) => row.scenario)).size;
  const side = { y: "scenario", fy: "y" };
  const ends = drawn.filter((row) => row.low !== null);
  return P.plot({
    ...frame_of(width, names.length * several, several > 1 ? (step * 3) / 4 : step + (width < 520 ? 16 : 6)),
    x: { label, grid: true, ticks: ticks(width), zero: true, nice: true, tickFormat: percent ? (v) => `${whole(v)} %` : (signed ? one_signed_or_whole : plain_or_digit), labelAnchor: "center", labelArrow: "none", labelOffset: below },
    y: { axis: null, domain: [...new Set(rows.map((row) => row.scenario))], padding: 0.3 },
    fy: { domain: names, axis: null, padding: several > 1 ? 0.25 : 0 },
    color: { type: "identity" },
    marks: [
      P.axisFy({ ...left_words(width), anchor: "left", frameAnchor: "left", textAnchor: "end", dx: -6 }),
      ...marks,
      P.ruleX([0], { stroke: "#7d8894" }),
      ...(bars ? [P.barX(drawn, { x: "value", ...side, fill: "colour", fillOpacity: 0.8 })] : []),
      P.ruleY(ends, { x1: "low", x2: "high", ...side, stroke: bars ? "#1b1f24" : "colour", strokeWidth: bars ? 1.5 : 2.5 }),
      ...(bars ? [] : [P.dot(drawn, { x: "value", ...side, r: 4.5, fill: "colour" })]),
    ],
  });
}
const plain_or_digit = (value) => (Number.isInteger(value) ? whole(value) : number(Math.abs(value) < 0.1 ? 2 : 1)(value));
const one_signed_or_whole = (value) => (Number.isInteger(value) ? whole_signed(value) : number(Math.abs(value) < 0.1 ? 2 : 1, true)(value));
