// Draws the charts of a page. The library is large, so it comes only with the first chart.

let loading;
start();
document.addEventListener("htmx:afterSettle", start);
new MutationObserver(redraw).observe(document.documentElement, { attributeFilter: ["data-theme"] });
matchMedia("(prefers-color-scheme: dark)").addEventListener("change", redraw);

async function start() {
  for (const holder of document.querySelectorAll("[data-chart]:not([data-drawn])")) {
    holder.dataset.drawn = "";
    await load(holder.dataset.library);
    await draw(holder);
  }
}

function redraw() {
  document.querySelectorAll("[data-drawn]").forEach(draw);
}

function load(address) {
  loading ??= new Promise((done, failed) => {
    const script = document.createElement("script");
    script.src = address;
    script.onload = done;
    script.onerror = failed;
    document.head.append(script);
  });
  return loading;
}

async function draw(holder) {
  const spec = JSON.parse(document.getElementById(holder.dataset.chart).textContent);
  const style = getComputedStyle(document.documentElement);
  const colour = (name) => style.getPropertyValue(name).trim();
  const text = { labelColor: colour("--muted"), titleColor: colour("--muted") };
  spec.background = "transparent";
  spec.config = {
    font: getComputedStyle(document.body).fontFamily,
    view: { stroke: null },
    axis: { ...text, gridColor: colour("--line"), domainColor: colour("--line-strong"), tickColor: colour("--line-strong"), labelFontSize: 11 },
    legend: { ...text, labelFontSize: 11 },
    mark: { color: colour("--accent") },
    range: { category: ["#4f5bd5", "#2f9e8f", "#d08a2e", "#b5507f", "#5a8fc7", "#7a9a3a", "#8b6bc2", "#c65f4b", "#4a9fb0", "#a38b4d", "#6f7c91", "#9a6a8f"] },
  };
  // Expressions are interpreted: the policy of the pages forbids making code of them.
  const made = await globalThis.vegaEmbed(holder, spec, {
    mode: "vega-lite", ast: true, renderer: "svg", actions: false, defaultStyle: false,
    tooltip: { disableDefaultStyle: true },
  });
  made.view.addEventListener("click", (event, item) => {
    const href = item?.datum?.href;
    if (href) location.assign(href);
  });
}
