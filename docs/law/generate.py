#!/usr/bin/env python3
"""Pages of the law out of the law itself: rules, parameters with their history and references, a chart of the amount along earnings.

    python3 docs/law/generate.py --program build/labacces --output build/docs/law

Everything on a page comes from `labacces law export` and `labacces curve`; `pages.py` says which programs stand on which page.
"""

from __future__ import annotations

import argparse
import json
import subprocess
import tempfile
from pathlib import Path

from pages import HOUSEHOLDS, PAGES, Page, situation

ROOT = Path(__file__).resolve().parents[2]
COLORS = ("#2a6f97", "#d9662c", "#3a8f5c", "#8a5aa8")
STYLES = ("-", "-", "--", "--")
STEPS = 100


def labacces(program: Path, *arguments: str | Path) -> str:
    done = subprocess.run([program, *map(str, arguments)], capture_output=True, text=True, check=False)
    if done.returncode != 0:
        raise SystemExit(f"labacces {arguments[0]}: {done.stderr.strip()}")
    return done.stdout


def exported(program: Path) -> dict:
    return json.loads(labacces(program, "law", "export"))


def references(item: dict) -> str:
    return "; ".join(item["references"])


def number(value: object) -> str:
    if isinstance(value, bool):
        return "oui" if value else "non"
    if isinstance(value, float):
        return f"{value:.10g}"
    return str(value)


def key_text(key: object) -> str:
    if isinstance(key, dict):
        low, high = key.get("from"), key.get("to")
        if low is None and high is None:
            return "tous"
        return f"jusqu'à {number(high)}" if low is None else f"{number(low)} et plus" if high is None else f"{number(low)} à {number(high)}"
    return number(key)


def parameter_lines(parameter: dict) -> list[str]:
    lines = [f"### {parameter['label']}", "", f"`{parameter['name']}`, {parameter['type']}" + (f"; {references(parameter)}" if parameter["references"] else ""), ""]
    lines += ["| depuis | valeur | source |", "| --- | ---: | --- |"]
    for version in parameter["versions"]:
        lines.append(f"| {version['since']} | {number(version['value']) if version.get('value') is not None else 'fin'} | {references(version)} |")
    return [*lines, ""]


def table_lines(table: dict) -> list[str]:
    lines = [f"### {table['label']}", "", f"`{table['name']}`, {table['type']}" + (f"; {references(table)}" if table["references"] else ""), ""]
    for version in table["versions"]:
        lines += [f"Depuis {version['since']}" + (f" ({references(version)})" if version["references"] else ""), ""]
        if version.get("rows"):
            lines += ["| " + " | ".join(table["keys"]) + " | valeur |", "| " + "--- | " * len(table["keys"]) + "---: |"]
            lines += ["| " + " | ".join(key_text(key) for key in row["keys"]) + f" | {number(row['value'])} |" for row in version["rows"]] + [""]
    return lines


def scale_lines(scale: dict) -> list[str]:
    lines = [f"### {scale['label']}", "", f"`{scale['name']}`, {scale['type']}, barème {scale['kind']}" + (f"; {references(scale)}" if scale["references"] else ""), ""]
    for version in scale["versions"]:
        lines += [f"Depuis {version['since']}" + (f" ({references(version)})" if version["references"] else ""), ""]
        if version.get("brackets"):
            lines += ["| à partir de | valeur |", "| ---: | ---: |"] + [f"| {number(one['threshold'])} | {number(one['value'])} |" for one in version["brackets"]] + [""]
    return lines


def rule_lines(rule: dict) -> list[str]:
    lines = [f"### {rule['label']}", "", f"`{rule['name']}` de {rule['level']}, {rule['period']}, {rule['type']}; {references(rule)}", ""]
    for version in rule["versions"]:
        extent = f"Depuis {version['since']}" + (f", jusqu'à {version['until']}" if version["until"] else "")
        lines += [extent + (f" ({references(version)})" if version["references"] else ""), ""]
        if version.get("formula") is None:
            lines += ["Fin.", ""]
            continue
        lines += ["```", *(f"let {let['name']} = {let['formula']}" for let in version["lets"]), version["formula"], "```", ""]
    return lines


def curves(program: Path, page: Page, folder: Path) -> list[tuple[str, dict]]:
    """(household, its curve) for the four types."""
    found = []
    for name, label, adults, children in HOUSEHOLDS:
        path = folder / f"{page.slug}_{name}.json"
        path.write_text(json.dumps(situation(page, adults, children)), encoding="utf-8")
        text = labacces(program, "curve", path, "--vary", page.vary, "--to", str(page.to), "--step", str(page.to / STEPS), "--period", page.month, "--of", ",".join(page.amounts),
                        "--format", "json")
        found.append((label, json.loads(text)))
    return found


def chart(page: Page, drawn: list[tuple[str, dict]], path: Path) -> None:
    import matplotlib

    matplotlib.use("svg")
    matplotlib.rcParams["svg.hashsalt"] = "labacces"
    from matplotlib import pyplot

    figure, axes = pyplot.subplots(figsize=(7.5, 3.8), layout="constrained")
    for (label, curve), color, style in zip(drawn, COLORS, STYLES, strict=True):
        total = [sum(values) for values in zip(*(line["values"] for line in curve["lines"].values()), strict=True)]
        axes.plot(curve["axis"], total, label=label, color=color, linestyle=style, linewidth=1.8)
    axes.set_xlabel(f"{drawn[0][1]['label']}, euros par mois")
    axes.set_ylabel("euros par mois")
    axes.set_xlim(0, page.to)
    axes.grid(axis="y", color="#dddddd")
    axes.spines[["top", "right"]].set_visible(False)
    axes.legend(frameon=False)
    figure.savefig(path, metadata={"Date": None})
    pyplot.close(figure)


def chart_lines(page: Page, drawn: list[tuple[str, dict]]) -> list[str]:
    labels = [line["label"] for line in drawn[0][1]["lines"].values()]
    lines = [f"![{' + '.join(labels)} le long de: {drawn[0][1]['label']}]({page.slug}.svg)", "",
             f"{' + '.join(labels)}, {page.month}, locataire à 550 euros en zone 2, un adulte qui gagne. {page.note}".strip(), ""]
    picks = [0, STEPS // 5, 2 * STEPS // 5, 3 * STEPS // 5, STEPS]
    lines += ["| " + " | ".join([drawn[0][1]["vary"], *(label for label, _ in drawn)]) + " |", "| " + "---: | " * (len(drawn) + 1)]
    for at in picks:
        amounts = [sum(line["values"][at] for line in curve["lines"].values()) for _, curve in drawn]
        lines.append("| " + " | ".join([number(drawn[0][1]["axis"][at]), *(f"{amount:.2f}" for amount in amounts)]) + " |")
    return [*lines, ""]


def page_text(page: Page, law: dict, drawn: list[tuple[str, dict]]) -> str:
    programs = [program for program in law["programs"] if program["name"] in page.programs]
    lines = [f"# {page.title}", "", "Written by `docs/law/generate.py` from the law in the program.", ""]
    for program in programs:
        lines.append(f"- {program['label']}" + (f" ({references(program)})" if program["references"] else ""))
    lines.append("")
    if drawn:
        lines += ["## Le long des revenus", "", *chart_lines(page, drawn)]
    of_page = lambda item: item.get("program", item["name"].split(".")[0]) in page.programs  # noqa: E731
    for title, section, write in (("Règles", "rules", rule_lines), ("Paramètres", "params", parameter_lines), ("Tables", "tables", table_lines),
                                  ("Barèmes", "scales", scale_lines)):
        items = [item for item in law[section] if of_page(item)]
        if items:
            lines += [f"## {title}", ""]
            for item in items:
                lines += write(item)
    inputs = [item for item in law["inputs"] if of_page(item)]
    if inputs:
        lines += ["## Données", "", "| nom | de | type | sens |", "| --- | --- | --- | --- |"]
        lines += [f"| `{item['name']}` | {item['level']} | {item['type']} | {item['label']} |" for item in inputs] + [""]
    return "\n".join(lines)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--program", type=Path, default=ROOT / "build" / "labacces")
    parser.add_argument("--output", type=Path, default=ROOT / "build" / "docs" / "law")
    options = parser.parse_args()
    law = exported(options.program)
    known = {program["name"] for program in law["programs"]}
    shown = {name for page in PAGES for name in page.programs}
    if known != shown:
        raise SystemExit(f"pages.py: on no page: {sorted(known - shown)}; not in the law: {sorted(shown - known)}")
    options.output.mkdir(parents=True, exist_ok=True)
    index = ["# The law, page by page", ""]
    with tempfile.TemporaryDirectory() as folder:
        for page in PAGES:
            drawn = curves(options.program, page, Path(folder)) if page.amounts else []
            if drawn:
                chart(page, drawn, options.output / f"{page.slug}.svg")
            (options.output / f"{page.slug}.md").write_text(page_text(page, law, drawn), encoding="utf-8")
            index.append(f"- [{page.title}]({page.slug}.md)")
    (options.output / "index.md").write_text("\n".join(index) + "\n", encoding="utf-8")
    print(f"{len(PAGES)} pages in {options.output}")


if __name__ == "__main__":
    main()
