(() => {
  "use strict";
  const one = (selector, root = document) => root.querySelector(selector);
  const all = (selector, root = document) => [...root.querySelectorAll(selector)];
  document.documentElement.classList.add("js");

  for (const button of all("button.copy")) {
    button.addEventListener("click", () => copy(button));
  }

  async function copy(button) {
    const code = button.previousElementSibling;
    let done = false;
    try {
      await navigator.clipboard.writeText(code.textContent);
      done = true;
    } catch {
      // No clipboard without a secure context: select, and copy as a person would.
      const range = document.createRange();
      range.selectNodeContents(code);
      const selection = getSelection();
      selection.removeAllRanges();
      selection.addRange(range);
      done = document.execCommand("copy");
    }
    button.textContent = done ? "Copied" : "Press Ctrl+C";
    button.setAttribute("aria-live", "polite");
    setTimeout(() => { button.textContent = "Copy"; }, 2000);
  }

  const form = one("#filters");
  if (!form) return;
  const search = one("#q");
  const choices = ["wire", "source", "service", "action"].map((id) => one("#" + id));
  const classes = all("input[name=class]");
  const rust = one("#rust");
  const clear = one("#clear");
  const count = one("#count");
  const nothing = one("#nothing");

  // Each entry with the boxes around it: a box without a visible entry goes too.
  const boxes = new Map();
  const box = (element, parent) => {
    let known = boxes.get(element);
    if (!known) {
      known = { element, parent, shown: 0, hidden: false };
      boxes.set(element, known);
    }
    return known;
  };
  const entries = [];
  for (const section of all("section.of-class")) {
    const outer = box(section, null);
    for (const group of all("article.group", section)) {
      const middle = box(group, outer);
      const shared = group.dataset.actions;
      for (const thing of all(".thing", group)) {
        const inner = box(thing, middle);
        for (const element of all("li.entry", thing)) {
          const { class: kind, wire, source, actions } = element.dataset;
          entries.push({
            element, inner, kind, wire, source,
            service: group.dataset.service,
            actions: " " + (actions ?? shared ?? "") + " ",
            text: null,
            fits: true,
            hidden: false,
          });
        }
      }
    }
  }

  function text(entry) {
    if (entry.text === null) {
      const place = one("h4", entry.inner.parent.element).textContent;
      entry.text = [place + "/" + entry.element.textContent, entry.actions].join("\n").toLowerCase();
    }
    return entry.text;
  }

  function state() {
    const state = new URLSearchParams();
    if (search.value.trim()) state.set("q", search.value.trim());
    const chosen = classes.filter((input) => input.checked).map((input) => input.value);
    if (chosen.length) state.set("class", chosen.join(","));
    for (const choice of choices) {
      if (choice.value) state.set(choice.id, choice.value);
    }
    if (!rust.checked) state.set("rust", "off");
    return state;
  }

  function restore() {
    const hash = location.hash.slice(1);
    // An address of an entry or a section is not a state.
    if (hash && !hash.includes("=")) return reveal(hash);
    const state = new URLSearchParams(hash);
    search.value = state.get("q") ?? "";
    const chosen = (state.get("class") ?? "").split(",");
    for (const input of classes) input.checked = chosen.includes(input.value);
    for (const choice of choices) {
      const value = state.get(choice.id) ?? "";
      choice.value = [...choice.options].some((option) => option.value === value) ? value : "";
    }
    rust.checked = state.get("rust") !== "off";
    filter();
  }

  // Whoever follows the address of what is filtered out wants to see it.
  function reveal(id) {
    const target = document.getElementById(id);
    if (!target) return;
    if (target.closest("[hidden]")) {
      reset();
      filter();
    }
    target.scrollIntoView({ block: "start" });
  }

  function reset() {
    search.value = "";
    for (const input of classes) input.checked = false;
    for (const choice of choices) choice.value = "";
  }

  function filter() {
    const words = search.value.toLowerCase().split(/\s+/).filter(Boolean);
    const chosen = new Set(classes.filter((input) => input.checked).map((input) => input.value));
    const [wire, source, service, action] = choices.map((choice) => choice.value);
    const called = " " + action + " ";
    const fits = (wanted, value) => !wanted || (wanted === "hit" ? value !== "ok" : value === wanted);
    for (const known of boxes.values()) known.shown = 0;
    let shown = 0;
    for (const entry of entries) {
      entry.fits = (!chosen.size || chosen.has(entry.kind))
        && fits(wire, entry.wire)
        && fits(source, entry.source)
        && (!service || entry.service === service)
        && (!action || entry.actions.includes(called))
        && (!words.length || words.every((word) => text(entry).includes(word)));
      if (!entry.fits) continue;
      shown += 1;
      for (let at = entry.inner; at; at = at.parent) at.shown += 1;
    }
    const hide = (known, hidden) => {
      if (known.hidden === hidden) return;
      known.hidden = hidden;
      known.element.hidden = hidden;
    };
    // What is inside of a box that goes can stay as it is: few elements change, however many there are.
    for (const known of boxes.values()) {
      if (!known.parent || known.parent.shown) hide(known, known.shown === 0);
    }
    for (const entry of entries) {
      if (entry.inner.shown) hide(entry, !entry.fits);
    }
    count.textContent = shown + " of " + entries.length;
    nothing.hidden = shown > 0;
    clear.hidden = !(words.length || chosen.size || wire || source || service || action);
    document.documentElement.classList.toggle("no-rust", !rust.checked);
  }

  // The address follows a moment later: browsers refuse one that changes with every key.
  let waiting = 0;
  function changed() {
    filter();
    clearTimeout(waiting);
    waiting = setTimeout(() => {
      const hash = state().toString();
      history.replaceState(null, "", hash ? "#" + hash : location.pathname + location.search);
    }, 150);
  }

  form.addEventListener("submit", (event) => event.preventDefault());
  form.addEventListener("input", changed);
  clear.addEventListener("click", () => {
    reset();
    changed();
    search.focus();
  });
  addEventListener("hashchange", restore);
  document.addEventListener("click", (event) => {
    const link = event.target.closest("a[data-state]");
    if (!link) return;
    event.preventDefault();
    location.hash = link.dataset.state;
    one("#changes").scrollIntoView();
  });
  document.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey || event.isComposing) return;
    const typing = event.target.closest?.("input:not([type=checkbox]), select, textarea");
    if (event.key === "/" && !typing) {
      event.preventDefault();
      search.focus();
      search.select();
    } else if (event.key === "Escape" && (event.target === search || !typing)) {
      event.preventDefault();
      search.value = "";
      changed();
    }
  });

  // What is jumped to must not end up under the bar, which is as high as its filters need.
  new ResizeObserver(() => {
    const stuck = getComputedStyle(form).position === "sticky" ? form.offsetHeight : 0;
    document.documentElement.style.scrollPaddingTop = stuck + 12 + "px";
  }).observe(form);

  if (matchMedia("(max-width: 44rem)").matches) one("#more").open = false;
  restore();
  // The first search need not wait for the texts.
  const idle = window.requestIdleCallback ?? ((work) => setTimeout(() => work({ timeRemaining: () => 10 }), 50));
  let prepared = 0;
  idle(function prepare(deadline) {
    while (prepared < entries.length && deadline.timeRemaining() > 1) text(entries[prepared++]);
    if (prepared < entries.length) idle(prepare);
  });
})();
