// What the page takes of the plotting library: all that is bundled of it.
import {
  areaY, axisFy, axisY, barX, barY, dot, geo, lineY, plot, pointerX, ruleX, ruleY, stackX, text, tip,
} from "@observablehq/plot";

globalThis.labaccesPlotting = {
  areaY, axisFy, axisY, barX, barY, dot, geo, lineY, plot, pointerX, ruleX, ruleY, stackX, text, tip,
};
