(function () {
  "use strict";
  var root = document.documentElement;
  root.classList.remove("no-script");
  var boxes = [].slice.call(document.querySelectorAll(".filters input"));
  var cards = [].slice.call(document.querySelectorAll("article.finding"));
  var count = document.getElementById("shown");
  var from = [];
  function wanted(kind) {
    return boxes.filter(function (b) { return b.name === kind && b.checked; }).map(function (b) { return b.value; });
  }
  function filter() {
    var statuses = wanted("status"), severities = wanted("severity"), shown = 0;
    cards.forEach(function (card) {
      var seen = statuses.indexOf(card.dataset.status) >= 0 && severities.indexOf(card.dataset.severity) >= 0;
      card.hidden = !seen;
      shown += seen ? 1 : 0;
    });
    document.querySelectorAll(".group").forEach(function (group) {
      group.hidden = !group.querySelector("article.finding:not([hidden])");
    });
    count.textContent = count.dataset.said.replace("{n}", shown).replace("{all}", cards.length);
  }
  function showAll() {
    boxes.forEach(function (box) { box.checked = true; });
    filter();
  }
  function light(target) {
    document.querySelectorAll(".lit").forEach(function (lit) { lit.classList.remove("lit"); });
    if (target) { target.classList.add("lit"); }
  }
  function unfold(inner) {
    for (var d = inner.closest("details"); d; d = d.parentElement.closest("details")) { d.open = true; }
  }
  function linkAt(event) {
    return event.target.closest ? event.target.closest('a[href^="#"]') : null;
  }
  boxes.forEach(function (box) { box.addEventListener("change", filter); });
  filter();
  document.addEventListener("click", function (event) {
    var link = linkAt(event);
    if (!link) { return; }
    var target = document.getElementById(link.getAttribute("href").slice(1));
    if (!target) { return; }
    var card = target.closest("article.finding");
    if (card && card.hidden) { showAll(); }
    unfold(target);
    if (!link.classList.contains("skip")) {
      from.push(link);
      light(target);
    }
    // the browser scrolls to what a link names and, where it can be focused, moves the focus there
    if (!target.hasAttribute("tabindex")) { target.setAttribute("tabindex", "-1"); }
  });
  document.addEventListener("keydown", function (event) {
    if (event.ctrlKey || event.altKey || event.metaKey) { return; }
    if (event.key === "Enter" && boxes.indexOf(event.target) >= 0) {
      event.preventDefault();
      event.target.click();
    } else if (event.key === " " && linkAt(event)) {
      event.preventDefault();
      linkAt(event).click();
    } else if (event.key === "Escape") {
      if (boxes.indexOf(event.target) >= 0) {
        showAll();
        return;
      }
      var back = from.pop();
      light(null);
      if (back) {
        unfold(back);
        back.scrollIntoView({ block: "center" });
        back.focus({ preventScroll: true });
      }
    }
  });
  window.addEventListener("beforeprint", function () {
    document.querySelectorAll("details").forEach(function (d) { d.open = true; });
  });
})();
