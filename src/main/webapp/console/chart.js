/* Charts, by Chart.js; what they show is in a table beside them, too. */
import { el } from "./dom.js";

/** Okabe and Ito's colours, which colour-blind readers can tell apart, and two greys. */
const COLOURS = ["#e69f00", "#56b4e9", "#009e73", "#d55e00", "#0072b2", "#cc79a7", "#b8a800", "#7f7f7f", "#bcbcbc"];

const style = (name) => getComputedStyle(document.documentElement).getPropertyValue(name).trim();

/** Bars over the time of a summary: one stack a bucket, one colour a series, given as [name, values]. */
export function stackedOverTime(summary, series) {
  const canvas = el("canvas", { role: "img", "aria-label": `Bars over time: ${series.map(([name]) => name).join(", ")}; the figures are in the table below` });
  const start = Date.parse(summary.from);
  const labels = series[0][1].map((_, i) => label(start + i * summary.bucket_seconds * 1000, summary.bucket_seconds));
  requestAnimationFrame(() => draw(canvas, labels, series));
  return el("div", { class: "chart" }, canvas);
}

function label(millis, bucketSeconds) {
  const iso = new Date(millis).toISOString();
  return bucketSeconds >= 6 * 3600 ? iso.slice(5, 16).replace("T", " ") : iso.slice(11, 16);
}

function draw(canvas, labels, series) {
  const text = style("--text");
  const grid = style("--line");
  const axis = { stacked: true, ticks: { color: text, maxRotation: 0, autoSkipPadding: 12, precision: 0 }, grid: { color: grid } };
  const chart = new window.Chart(canvas, {
    type: "bar",
    data: { labels, datasets: series.map(([name, data], i) => ({ label: name, data, backgroundColor: COLOURS[i % COLOURS.length] })) },
    options: {
      animation: false, maintainAspectRatio: false, interaction: { mode: "index" },
      scales: { x: { ...axis, title: { display: true, text: "UTC", color: text } }, y: { ...axis, beginAtZero: true } },
      plugins: { legend: { labels: { color: text }, position: "bottom" } },
    },
  });
  new MutationObserver((_, observer) => {
    if (!canvas.isConnected) {
      observer.disconnect();
      chart.destroy();
    }
  }).observe(document.getElementById("main"), { childList: true });
}
