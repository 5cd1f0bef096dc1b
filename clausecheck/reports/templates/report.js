(function () {
  "use strict";
  var root = document.documentElement;
  root.classList.remove("no-script");
  var boxes = [].slice.call(document.querySelectorAll("nav.filters input"));
  var cards = [].slice.call(document.querySelectorAll("article.finding"));
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
    document.querySelectorAll("section.group").forEach(function (group) {
      group.hidden = !group.querySelector("article.finding:not([hidden])");
    });
    document.getElementById("shown").textContent = shown + " / " + cards.length;
  }
  boxes.forEach(function (box) { box.addEventListener("change", filter); });
  filter();
  document.addEventListener("click", function (event) {
    var link = event.target.closest ? event.target.closest('a[href^="#"]') : null;
    if (!link) { return; }
    var target = document.getElementById(link.getAttribute("href").slice(1));
    if (!target) { return; }
    var card = target.closest("article.finding");
    if (card && card.hidden) {
      boxes.forEach(function (box) { box.checked = true; });
      filter();
    }
    for (var d = target.closest("details"); d; d = d.parentElement.closest("details")) { d.open = true; }
    document.querySelectorAll(".lit").forEach(function (lit) { lit.classList.remove("lit"); });
    target.classList.add("lit");
  });
  window.addEventListener("beforeprint", function () {
    document.querySelectorAll("details").forEach(function (d) { d.open = true; });
  });
})();
