// Follows the avatar: replaces the parts of the page that have changed. The page can be read without it.
"use strict";
const page = document.body.dataset;
const main = document.getElementById("main");
const said = document.getElementById("said");
const notice = document.getElementById("notice");
const log = document.getElementById("log");
const outcomes = JSON.parse(page.outcomes || "{}");

function say(text) { said.textContent = text; }
function warn(text) { notice.textContent = text; notice.hidden = !text; }
function fill(text, ...values) { return values.reduce((all, value, i) => all.replace(`{${i}}`, () => value), text); }

// Times
const units = page.units.split("|");
function duration(seconds, parts) {
  const s = Math.max(0, Math.floor(seconds)), d = Math.floor(s / 86400), h = Math.floor(s / 3600) % 24, m = Math.floor(s / 60) % 60;
  const all = [[d, units[4]], [h, units[3]], [m, units[2]], [s % 60, units[1]]];
  const first = Math.max(0, all.findIndex(([n], i) => n > 0 || i === 3));
  return all.slice(first, first + parts).filter(([n], i) => n > 0 || i === 0).map(([n, unit]) => n + page.space + unit).join(page.space);
}
function tick() {
  for (const time of document.querySelectorAll("time[datetime]")) {
    const seconds = (Date.now() - Date.parse(time.dateTime)) / 1000;
    if ("since" in time.dataset) time.textContent = duration(seconds, 2);
    if ("ago" in time.dataset) time.textContent = Math.abs(seconds) < 2 ? page.justNow : fill(seconds < 0 ? page.in : page.ago, duration(Math.abs(seconds), 1));
    if ("clock" in time.dataset) time.textContent = new Date(time.dateTime).toLocaleTimeString(document.documentElement.lang);
    if (!time.dataset.local) { time.dataset.local = "1"; time.title = new Date(time.dateTime).toLocaleString(document.documentElement.lang); }
  }
}

// Parts
function replace(part) {
  const old = document.getElementById(part.id);
  if (!old) return;
  const focus = old.contains(document.activeElement) ? document.activeElement : null;
  const open = [...old.querySelectorAll("details")].map((details) => details.open);
  if (focus && focus.classList.contains("sure")) return;
  old.replaceWith(part);
  part.querySelectorAll("details").forEach((details, i) => { details.open = details.open || open[i] === true; });
  if (focus) {
    const again = focus.id ? document.getElementById(focus.id) : [...part.querySelectorAll("a[href]")].find((link) => link.href === focus.href);
    (again || main).focus({ preventScroll: true });
  }
}
async function load(part) {
  const address = new URL(location.href);
  address.searchParams.set("part", part);
  const answer = await fetch(address, { redirect: "error" });
  if (answer.status === 401) return warn(page.loggedOut);
  if (!answer.ok) return;
  const fresh = new DOMParser().parseFromString(await answer.text(), "text/html");
  fresh.querySelectorAll("[data-part]").forEach((each) => replace(document.adoptNode(each)));
  ready();
}
// Calls an action now and then, however often it is asked for.
function paced(wait, action) {
  let timer = null, again = false;
  return function ask() {
    if (timer !== null) { again = true; return; }
    timer = setTimeout(async () => {
      again = false;
      try { await action(); } catch { /* the next event tries again */ }
      timer = null;
      if (again) ask();
    }, wait);
  };
}
const loadStory = paced(300, () => load("story"));
const loadOutput = paced(1500, () => load("story"));
const loadChange = paced(4000, () => load("change"));

// Orders
function ready() {
  document.querySelectorAll("button[data-post]").forEach((button) => { button.hidden = false; });
  showSaying();
  tick();
}
async function order(button) {
  if (button.dataset.sure && !button.classList.contains("sure")) {
    const label = button.textContent;
    button.textContent = button.dataset.sure;
    button.classList.add("sure");
    say(button.dataset.sure);
    setTimeout(() => { button.textContent = label; button.classList.remove("sure"); }, 5000);
    return;
  }
  button.classList.remove("sure");
  button.disabled = true;
  try {
    const answer = await fetch(button.dataset.post, { method: "POST", headers: { "X-Numa-Avatar": "page" } });
    if (answer.status === 401) warn(page.loggedOut);
    else if (!answer.ok) warn(page.refused + " " + await problem(answer));
    else warn("");
  } catch { warn(page.lost); }
  button.disabled = false;
  loadStory();
}
async function problem(answer) {
  try { const { error } = await answer.json(); return [error.text, error.remedy].filter(Boolean).join(" "); } catch { return ""; }
}
document.addEventListener("click", (event) => {
  const button = event.target.closest("button[data-post]");
  if (button) order(button);
});

// Messages to the agent
const saying = document.getElementById("say");
function showSaying() {
  if (saying) saying.hidden = !("takesMessages" in document.getElementById("story").dataset) && saying.elements.text.value === "";
}
async function send(event) {
  event.preventDefault();
  const button = saying.querySelector("button"), { text, author } = saying.elements;
  button.disabled = true;
  try {
    const answer = await fetch(saying.dataset.api, { method: "POST", headers: { "X-Numa-Avatar": "page", "Content-Type": "application/json" }, body: JSON.stringify({ text: text.value, author: author.value }) });
    if (answer.status === 401) warn(page.loggedOut);
    else if (!answer.ok) warn(page.refused + " " + await problem(answer));
    else { warn(""); say(saying.dataset.done); text.value = ""; text.focus(); }
  } catch { warn(page.lost); }
  button.disabled = false;
  loadStory();
}
if (saying) saying.addEventListener("submit", send);

// The log
const text = log && log.querySelector("pre"), find = document.getElementById("find"), found = document.getElementById("found"), follow = document.getElementById("follow");
const MOST_LINES = 10000;
let here = -1;
function following() { return follow.getAttribute("aria-pressed") === "true"; }
function toEnd() { if (following()) text.scrollTop = text.scrollHeight; }
async function loadLog() {
  const answer = await fetch(log.dataset.more + "&from=" + log.dataset.next, { redirect: "error" });
  if (!answer.ok) return;
  text.insertAdjacentHTML("beforeend", await answer.text());
  const before = log.dataset.next;
  log.dataset.next = answer.headers.get("X-Next");
  log.dataset.open = answer.headers.get("X-Open");
  while (text.childElementCount > MOST_LINES) text.firstElementChild.remove();
  toEnd();
  if (find.value) mark();
  if (log.dataset.next !== before) moreLog();
}
const moreLog = paced(250, loadLog);
function mark() {
  const wanted = find.value.toLowerCase();
  let count = 0;
  for (const line of text.children) {
    const hit = wanted !== "" && line.textContent.toLowerCase().includes(wanted);
    line.classList.toggle("hit", hit);
    if (!hit) line.classList.remove("here");
    if (hit) count++;
  }
  found.value = wanted === "" ? "" : fill(count === 1 ? page.matchesOne : page.matches, count);
}
function next(step) {
  const hits = [...text.querySelectorAll(".hit")];
  if (hits.length === 0) return;
  hits.forEach((line) => line.classList.remove("here"));
  here = (here + step + hits.length) % hits.length;
  hits[here].classList.add("here");
  follow.setAttribute("aria-pressed", "false");
  hits[here].scrollIntoView({ block: "center" });
}
if (log) {
  follow.hidden = log.dataset.more === "";
  if (find.value) mark();
  find.addEventListener("input", () => { here = -1; mark(); });
  find.addEventListener("keydown", (event) => { if (event.key === "Enter" && text.querySelector(".hit")) { event.preventDefault(); next(event.shiftKey ? -1 : 1); } });
  follow.addEventListener("click", () => { follow.setAttribute("aria-pressed", String(!following())); toEnd(); });
  text.addEventListener("wheel", (event) => { if (event.deltaY < 0) follow.setAttribute("aria-pressed", "false"); }, { passive: true });
  toEnd();
}

// Events
const task = main.dataset.task, live = log !== null && log.dataset.open === "true" && log.dataset.more !== "";
function happened(event) {
  const kind = event.event, mine = task === undefined || event.task === undefined || event.task === task;
  if (kind === "began") say(fill(page.began, event.task));
  if (kind === "began" && event.task === task) return location.reload();
  if (kind === "ended") say(fill(page.ended, event.task, outcomes[event.outcome] || event.outcome));
  if (kind === "printed") {
    if (live && mine) moreLog();
    if (main.dataset.follow === "home") loadOutput();
    return;
  }
  if (main.dataset.follow === "tasks" && kind === "worked") return;
  loadStory();
  if (task !== undefined && mine) {
    if (live) moreLog();
    loadChange();
  }
}
function listen() {
  const source = new EventSource("/api/v1/events");
  let lost = false;
  source.onopen = () => {
    document.getElementById("follows").hidden = false;
    if (lost) { warn(""); happened({ event: "missed" }); }
    lost = false;
  };
  source.onerror = () => {
    lost = true;
    warn(page.lost);
    if (source.readyState === EventSource.CLOSED) setTimeout(listen, 5000);
  };
  source.onmessage = (message) => happened(JSON.parse(message.data));
}
ready();
setInterval(tick, 1000);
if (main.dataset.follow) listen();
