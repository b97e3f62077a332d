// Elements of the page: text goes in as text, never as markup.
function element(name, attributes = {}, ...children) {
  const made = document.createElement(name);
  for (const [key, value] of Object.entries(attributes)) {
    if (key === "click" || key === "change") made.addEventListener(key, value);
    else if (value !== undefined && value !== null && value !== false) made.setAttribute(key, value === true ? "" : value);
  }
  made.append(...children.flat().filter((child) => child !== null && child !== undefined));
  return made;
}

function save(name, type, text) {
  const link = element("a", { href: URL.createObjectURL(new Blob([text], { type })), download: name });
  document.body.append(link);
  link.click();
  link.remove();
  setTimeout(() => URL.revokeObjectURL(link.href), 1000);
}

const csv_field = (value) => {
  const text = value === null || value === undefined ? "" : String(value);
  return /[",\n\r]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
};
/// Columns: {key, label, text?}; rows hold numbers as they are. The byte order mark tells spreadsheets that it is UTF-8.
const to_csv = (columns, rows) =>
  "\ufeff" + [columns.map((c) => csv_field(c.key)), ...rows.map((row) => columns.map((c) => csv_field(row[c.key])))].map((line) => line.join(",")).join("\r\n") + "\r\n";

/// A table whose columns sort when their heads are pressed. A column: {key, label, words?, show?(value, row)}; the first heads the row.
function sortable_table(columns, rows, caption) {
  const body = element("tbody");
  const fill = (ordered) => body.replaceChildren(...ordered.map((row) => element("tr", {}, columns.map((column, i) => {
    const value = row[column.key];
    const hidden = row.hidden && !column.words;
    const text = hidden ? t("hidden") : value === null || value === undefined || value === "" ? (column.words ? "" : t("unknown")) : column.show ? column.show(value, row) : String(value);
    const look = [column.words ? (column.narrow ? "words narrow" : "words") : "", hidden ? "hidden-cell" : ""].join(" ").trim();
    return element(i === 0 ? "th" : "td", { scope: i === 0 ? "row" : null, class: look || null }, text);
  }))));
  const heads = columns.map((column) => element("th", { scope: "col", "aria-sort": "none", class: column.words ? (column.narrow ? "words narrow" : "words") : null },
    element("button", { type: "button", title: `${t("sort")} ${column.label}`, click: () => sort(column) }, column.label)));
  function sort(column) {
    const head = heads[columns.indexOf(column)];
    const up = head.getAttribute("aria-sort") === "ascending" ? -1 : 1;
    heads.forEach((other) => other.setAttribute("aria-sort", "none"));
    head.setAttribute("aria-sort", up === 1 ? "ascending" : "descending");
    const missing = (value) => value === null || value === undefined || value === "";
    fill([...rows].sort((a, b) => {
      const x = a[column.key], y = b[column.key];
      if (missing(x) || missing(y)) return Number(missing(x)) - Number(missing(y));  // what is not known comes last
      return up * (typeof x === "number" && typeof y === "number" ? x - y : String(x).localeCompare(String(y), language));
    }));
  }
  fill(rows);
  return element("div", { class: "scroll", tabindex: 0, role: "region", "aria-label": caption },
    element("table", {}, element("caption", {}, caption), element("thead", {}, element("tr", {}, heads)), body));
}

function choice(label, options, value, change) {
  const list = element("select", { change: (event) => change(event.target.value) }, options.map(([key, text]) => element("option", { value: key, selected: key === value }, text)));
  return element("label", {}, label, list);
}

const described = (pairs) => element("dl", {}, pairs.filter(([, value]) => value !== null && value !== undefined && value !== "")
  .flatMap(([term, value]) => [element("dt", {}, term), element("dd", {}, value)]));
