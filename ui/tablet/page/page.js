'use strict';
// The prompter on a tablet. The place is a character index that the program sends; where that is on this screen is
// this page's own business, so size and width never change the pace.

const element = (id) => document.getElementById(id);
const kept = {
  read(key, fallback) {
    try { return JSON.parse(localStorage.getItem(`changji.${key}`)) ?? fallback; } catch { return fallback; }
  },
  write(key, value) {
    try { localStorage.setItem(`changji.${key}`, JSON.stringify(value)); } catch { /* private windows keep nothing */ }
  },
};

// The same page on a new connection: a reload keeps its place among the twenty.
const client = (() => {
  try {
    const known = sessionStorage.getItem('changji.client');
    if (known) return known;
  } catch { /* a new one then */ }
  const made = Array.from(crypto.getRandomValues(new Uint8Array(12)), (byte) => byte.toString(16).padStart(2, '0')).join('');
  try { sessionStorage.setItem('changji.client', made); } catch { /* as above */ }
  return made;
})();

let words = {};
let state = null;
let script = { paragraphs: [], sentences: [], characters: 0 };

const say = (key, value) => (words[key] ?? '').replace('{0}', value ?? '');
const clock = (seconds) => `${Math.floor(seconds / 60)}:${String(Math.floor(seconds % 60)).padStart(2, '0')}`;

// ── The text ────────────────────────────────────────────────────────────────────────────────────────────────────────

const text = {
  places: [],   // of each character: its text node and where in it
  lines: [],    // as laid out here: the first character and where it is, in pixels from the top
  height: 0,

  piece(parent, content, kind) {
    const span = document.createElement('span');
    if (kind) span.className = kind;
    span.textContent = content;
    parent.append(span);
    return span.firstChild;
  },

  paragraph(source) {
    const shown = document.createElement('p');
    shown.className = source.kind;
    if (source.label) this.piece(shown, source.label, 'label');
    const cuts = [...source.cues.map((cue) => cue.at), source.text.length];
    let from = 0, next = 0;
    for (const [index, to] of cuts.entries()) {
      const part = source.text.slice(from, to);
      const node = part ? this.piece(shown, part) : null;
      for (; next < source.characters.length && source.characters[next] < to; ++next) {
        this.places.push({ node, offset: source.characters[next] - from });
      }
      if (index < source.cues.length) this.piece(shown, source.cues[index].text, 'cue');
      from = to;
    }
    return shown;
  },

  show() {
    this.places = [];
    const box = element('text');
    box.replaceChildren(...script.paragraphs.map((each) => this.paragraph(each)));
    if (!script.paragraphs.length) this.piece(box, say('empty'), 'empty');
    this.lay_out();
  },

  // Measured once a layout, not once a frame.
  lay_out() {
    const box = element('text');
    box.style.fontSize = `${(element('stage').clientWidth * 0.9) / own.per_line}px`;
    const top = box.getBoundingClientRect().top;
    const range = document.createRange();
    this.lines = [];
    this.places.forEach((place, character) => {
      range.setStart(place.node, place.offset);
      range.setEnd(place.node, Math.min(place.offset + 1, place.node.length));
      const rectangle = range.getClientRects()[0] ?? range.getBoundingClientRect();
      const y = (rectangle.top + rectangle.bottom) / 2 - top;
      const last = this.lines[this.lines.length - 1];
      if (!last || y > last.y + rectangle.height / 3) this.lines.push({ first: character, y });
    });
    this.height = box.getBoundingClientRect().height;
  },

  line_of(character) {
    let low = 0, high = this.lines.length - 1;
    while (low < high) {
      const middle = Math.ceil((low + high) / 2);
      if (this.lines[middle].first <= character) low = middle; else high = middle - 1;
    }
    return low;
  },

  // Between two lines as far as the line is read, so that the text glides.
  y_of(character) {
    if (!this.lines.length) return 0;
    const at = this.line_of(character), line = this.lines[at];
    const next = this.lines[at + 1] ?? { first: script.characters, y: this.height };
    const read = next.first > line.first ? Math.min(1, (character - line.first) / (next.first - line.first)) : 0;
    return line.y + (next.y - line.y) * Math.max(0, read);
  },
};

// ── What this tablet has for itself ─────────────────────────────────────────────────────────────────────────────────

const own = {
  per_line: kept.read('per_line', 13),
  mirrored: kept.read('mirrored', false),
  bare: false,

  resize(by) {
    this.per_line = Math.min(40, Math.max(4, this.per_line + by));
    kept.write('per_line', this.per_line);
    text.lay_out();
  },
  mirror() {
    this.mirrored = !this.mirrored;
    kept.write('mirrored', this.mirrored);
    this.show();
  },
  hide(bare) {
    this.bare = bare;
    this.show();
    text.lay_out();
  },
  show() {
    document.body.classList.toggle('is-mirrored', this.mirrored);
    document.body.classList.toggle('is-bare', this.bare);
    element('mirrored').setAttribute('aria-pressed', this.mirrored);
  },
};

// ── Where it stands ─────────────────────────────────────────────────────────────────────────────────────────────────

const place = {
  shown: null,
  target: 0,
  per_ms: 0,
  heard_at: 0,

  hear(news) {
    const passed = state && news.at_ms > state.at_ms ? news.at_ms - state.at_ms : 0;
    const moved = state ? news.character - state.character : 0;
    const moves = news.running && !news.held;
    // As it moved between the last two, unless that was a jump; ten characters a second is faster than anybody reads.
    this.per_ms = moves && passed > 0 && passed < 1500 && moved >= 0 && moved / passed < 0.01 ? moved / passed : 0;
    this.target = news.character;
    this.heard_at = performance.now();
    if (this.shown === null) this.shown = news.character;
  },

  // Glides to where the program is by now; nothing is made up beyond 0.6 s without news.
  glide(passed_ms) {
    if (this.shown === null) return;
    const since = Math.min(600, performance.now() - this.heard_at);
    const now = Math.min(script.characters, this.target + this.per_ms * since);
    this.shown += (now - this.shown) * (1 - Math.exp(-passed_ms / 180));
    if (Math.abs(now - this.shown) < 0.005) this.shown = now;
    const middle = element('stage').clientHeight * 0.33;
    element('text').style.transform = `translateY(${middle - text.y_of(this.shown)}px)`;
    document.body.dataset.character = this.shown.toFixed(2);
  },
};

let last_frame = performance.now();
const frame = (now) => {
  place.glide(Math.max(0, now - last_frame));
  last_frame = now;
  requestAnimationFrame(frame);
};
requestAnimationFrame(frame);

const motion = () => {
  if (!state) return '';
  if (state.held) return say('held');
  if (!state.running) return say('paused');
  if (script.characters > 0 && state.character >= script.characters) return say('at_end');
  if (state.voice) return say(state.unsure ? 'unsure' : 'voice');
  return say('running');
};

const show_state = () => {
  if (!state) return;
  element('motion').textContent = motion();
  element('pace').textContent = say('pace', state.per_min);
  element('left').textContent = say('left', clock(state.left_s));
  element('run').textContent = say(state.running ? 'pause' : 'run');
  element('hold').setAttribute('aria-pressed', state.held);
};

const show_words = () => {
  document.documentElement.lang = words.language;
  document.title = say('title');
  for (const each of document.querySelectorAll('[data-word]')) each.textContent = say(each.dataset.word);
  element('hint').textContent = say('keys');
  // Browsers keep a screen awake only for pages that came encrypted or from the machine itself.
  element('sleep').textContent = 'wakeLock' in navigator ? '' : say('may_sleep');
  // The text keeps the lang of its own: lines break as Chinese does.
  element('text').lang = 'zh-CN';
  show_state();
  connection.show();
};

// ── The connection ──────────────────────────────────────────────────────────────────────────────────────────────────

const connection = {
  source: null,
  heard_at: 0,
  now: 'connecting',
  since: performance.now(),

  become(now) {
    if (this.now !== now) this.since = performance.now();
    this.now = now;
    this.show();
  },
  show() {
    document.body.classList.toggle('is-connected', this.now === 'connected');
    document.body.dataset.connection = this.now;
    element('connection').textContent = say(this.now === 'connected' || this.now === 'connecting' ? this.now : 'connecting');
    const notice = element('notice');
    const trouble = this.now !== 'connected' && this.now !== 'connecting';
    notice.hidden = !trouble;
    if (trouble) notice.textContent = say(this.now);
  },

  open() {
    if (this.source) this.source.close();
    this.heard_at = performance.now();
    const source = this.source = new EventSource(`events?client=${client}`);
    const on = (name, act) => source.addEventListener(name, (event) => {
      this.heard_at = performance.now();
      this.become('connected');
      act(JSON.parse(event.data));
    });
    on('words', (news) => { words = news; show_words(); });
    on('script', (news) => { script = news; text.show(); });
    on('state', (news) => { place.hear(news); state = news; show_state(); });
    on('alive', () => {});
    source.onerror = () => {
      if (this.source !== source) return;
      if (this.now === 'connected') this.become('lost');
      // EventSource itself tries again after a drop, but never after a refusal.
      if (source.readyState === EventSource.CLOSED) this.ask_why();
    };
  },

  async ask_why() {
    try {
      const answer = await fetch('words', { cache: 'no-store' });
      if (answer.ok) words = await answer.json();
      this.become(answer.status === 403 ? 'gone' : answer.ok ? 'full' : 'lost');
    } catch {
      this.become('lost');
    }
  },

  // A network that is gone says nothing: silence counts as a drop. The program gives a sign of life every 2 s.
  watch() {
    const silent_ms = performance.now() - this.heard_at;
    if (silent_ms > 5000 && this.now === 'connected') this.become('lost');
    if (silent_ms > 5000) this.open();
  },
};

const command = async (act, value) => {
  try {
    const answer = await fetch(`control?client=${client}`, { method: 'POST', body: JSON.stringify({ act, value }) });
    if (!answer.ok) flash(say('refused'));
  } catch {
    flash(say('refused'));
  }
};

let flashing = 0;
const flash = (sentence) => {
  const notice = element('notice');
  notice.textContent = sentence;
  notice.hidden = false;
  clearTimeout(flashing);
  flashing = setTimeout(() => connection.show(), 2500);
};

// ── What people press ───────────────────────────────────────────────────────────────────────────────────────────────

const next_of = (starts, character) => starts.find((start) => start > character) ?? script.characters;
// Whoever has just begun a sentence and steps back wants the one before.
const before = (starts, character) => starts.findLast((start) => start + 1 <= character) ?? 0;
const line_starts = () => text.lines.map((line) => line.first);

const presses = {
  run: () => state && command(state.running ? 'pause' : 'run'),
  back: () => state && command('move', before(script.sentences, state.character)),
  on: () => state && command('move', next_of(script.sentences, state.character)),
  line_back: () => state && command('move', before(line_starts(), state.character)),
  line_on: () => state && command('move', next_of(line_starts(), state.character)),
  start: () => command('move', 0),
  slower: () => state && command('pace', state.per_min - 10),
  faster: () => state && command('pace', state.per_min + 10),
  smaller: () => own.resize(1),
  larger: () => own.resize(-1),
  mirrored: () => own.mirror(),
  hide: () => own.hide(true),
};

const holding = {
  down: false,
  begin() {
    if (this.down) return;
    this.down = true;
    element('hold').classList.add('is-down');
    command('hold');
  },
  end() {
    if (!this.down) return;
    this.down = false;
    element('hold').classList.remove('is-down');
    command('release');
  },
};

for (const button of document.querySelectorAll('button')) {
  if (presses[button.id]) {
    button.addEventListener('click', () => {
      presses[button.id]();
      button.blur();  // so that Space runs and pauses, whatever was pressed last
    });
  }
}
element('hold').addEventListener('pointerdown', (event) => {
  element('hold').setPointerCapture(event.pointerId);
  holding.begin();
});
for (const end of ['pointerup', 'pointercancel', 'lostpointercapture']) {
  element('hold').addEventListener(end, () => holding.end());
}
element('stage').addEventListener('click', () => own.hide(!own.bare));

const keys = {
  ' ': 'run', ArrowUp: 'line_back', ArrowDown: 'line_on', ArrowLeft: 'back', ArrowRight: 'on', PageUp: 'back',
  PageDown: 'on', Home: 'start', '+': 'faster', '=': 'faster', '-': 'slower', '[': 'smaller', ']': 'larger', m: 'mirrored',
};
addEventListener('keydown', (event) => {
  if (event.ctrlKey || event.altKey || event.metaKey) return;
  const key = event.key.length === 1 ? event.key.toLowerCase() : event.key;
  if (key === ' ' && event.target.tagName === 'BUTTON') return;
  if (key === 'h') holding.begin();
  if (key === 'Escape') own.hide(false);
  if (!keys[key]) return;
  event.preventDefault();
  presses[keys[key]]();
});
addEventListener('keyup', (event) => { if (event.key.toLowerCase() === 'h') holding.end(); });
addEventListener('blur', () => holding.end());

// ── Life ────────────────────────────────────────────────────────────────────────────────────────────────────────────

const stay_awake = async () => {
  try { await navigator.wakeLock?.request('screen'); } catch { /* refused: the hint tells how */ }
};
document.addEventListener('visibilitychange', () => {
  if (document.visibilityState !== 'visible') return;
  stay_awake();
  if (performance.now() - connection.heard_at > 2500) connection.open();
});
addEventListener('online', () => connection.open());
new ResizeObserver(() => text.lay_out()).observe(element('stage'));
document.fonts?.ready.then(() => text.lay_out());

own.show();
stay_awake();
fetch('words').then((answer) => answer.json()).then((news) => { words = news; show_words(); }).catch(() => {});
connection.open();
setInterval(() => connection.watch(), 1000);
