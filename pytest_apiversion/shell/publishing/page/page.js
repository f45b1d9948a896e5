(() => {
  "use strict";
  const all = (what, within = document) => Array.from(within.querySelectorAll(what));

  const theme = document.getElementById("theme");
  theme.hidden = false;
  theme.addEventListener("click", () => {
    const root = document.documentElement;
    const dark = root.dataset.theme ? root.dataset.theme === "dark" : matchMedia("(prefers-color-scheme: dark)").matches;
    root.dataset.theme = dark ? "light" : "dark";
  });

  const byHand = (text) => {
    const area = document.createElement("textarea");
    area.value = text;
    document.body.append(area);
    area.select();
    const done = document.execCommand("copy");
    area.remove();
    return done;
  };
  all(".copy").forEach((button) => {
    const label = button.firstChild;
    button.addEventListener("click", async () => {
      const text = button.parentElement.querySelector("pre").textContent;
      let done = false;
      try {
        await navigator.clipboard.writeText(text);
        done = true;
      } catch {
        done = byHand(text);
      }
      label.data = done ? "Copied" : "Not copied";
      button.focus();
      setTimeout(() => { label.data = "Copy"; }, 2000);
    });
  });

  addEventListener("beforeprint", () => all("details").forEach((each) => { each.open = true; }));
  const openTarget = () => {
    let each = document.getElementById(location.hash.slice(1));
    while (each) {
      if (each.tagName === "DETAILS") { each.open = true; }
      each = each.parentElement;
    }
  };
  addEventListener("hashchange", openTarget);
  openTarget();

  const form = document.getElementById("filters");
  if (!form) { return; }
  form.hidden = false;
  const findings = all(".finding").map((element) => ({ element, words: element.textContent.toLowerCase() }));
  const wanted = (name) => form.elements.namedItem(name).value;
  const show = () => {
    const version = wanted("version"), code = wanted("check"), operation = wanted("operation");
    const words = wanted("words").trim().toLowerCase();
    let count = 0;
    for (const { element, words: text } of findings) {
      const data = element.dataset;
      const fits = (!version || data.version === version) && (!code || data.code === code) &&
        (!operation || data.operation === operation) && (!words || text.includes(words));
      element.hidden = !fits;
      count += fits;
    }
    all(".cause").forEach((cause) => {
      cause.hidden = !cause.querySelector(".finding:not([hidden])");
      const others = cause.querySelector(".others");
      const filtered = version || code || operation || words;
      if (others) {
        others.hidden = !others.querySelector(".finding:not([hidden])");
        if (filtered && cause.querySelector(":scope > .finding[hidden]")) { others.open = true; }
      }
      const head = cause.querySelector(":scope > .finding");
      head.classList.toggle("title-only", head.hidden && !cause.hidden);
      if (head.hidden && !cause.hidden) { head.hidden = false; }
    });
    document.getElementById("shown").value = `${count} of ${findings.length} findings`;
  };
  form.addEventListener("input", show);
  form.addEventListener("submit", (event) => event.preventDefault());
  form.addEventListener("reset", () => setTimeout(show));
  all("td a[data-code]").forEach((link) => link.addEventListener("click", () => {
    form.reset();
    form.elements.namedItem("version").value = link.dataset.version;
    form.elements.namedItem("check").value = link.dataset.code;
    setTimeout(show);
  }));
  show();
})();
