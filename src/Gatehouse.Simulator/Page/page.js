'use strict';

// Everything that came from outside is set as text, never as markup.
const $ = id => document.getElementById(id);
const el = (tag, cls, text) => {
  const e = document.createElement(tag);
  if (cls) e.className = cls;
  if (text !== undefined && text !== null) e.textContent = text;
  return e;
};

const refreshMs = 1000;
const presets = [
  ['All well', {}],
  ['Outage (503)', { status: 503 }],
  ['One in five 503', { status: 503, rate: 0.2, retry_after_seconds: 2 }],
  ['300 a minute', { requests_per_minute: 300 }],
  ['429, wait 5 s', { status: 429, retry_after_seconds: 5 }],
  ['Lose 1 in 10 replies', { drop_after_reply_rate: 0.1 }],
  ['Drop 1 in 10', { drop_rate: 0.1 }],
  ['Half a second late', { latency_ms: 500 }],
  ['5 s tokens', { token_lifetime_seconds: 5 }],
  ['No permission (403)', { status: 403 }],
  ['No agent yet', { waiting_conversations: ['*'] }],
  ['Images only', { inbound_types: ['image/*'] }],
];

const number = n => n.toLocaleString('en');
const bytes = n => n < 1000 ? `${n} B` : n < 1e6 ? `${(n / 1e3).toFixed(1)} KB` : `${(n / 1e6).toFixed(2)} MB`;
const clock = t => new Date(t).toLocaleTimeString('en-GB') + '.' + String(new Date(t).getMilliseconds()).padStart(3, '0');

function fact(name, value, cls) {
  const span = el('span', null, name ? name + ' ' : '');
  span.append(el('b', cls, value));
  return span;
}

const routes = {
  'contact-attachments': 'Contact attachment', 'contact-note': 'Note', 'open-messaging': 'Open messaging', 'agent-media': 'Agent media', 'web-messaging': 'Web messaging',
};
const becomes = {
  fetching: 'being fetched', fetched: 'fetched', failed: 'failed', 'not-fetched': 'link only', dropped: 'dropped by the profile',
};
const extension = name => (/\.([A-Za-z0-9]{1,6})$/.exec(name || '') || [])[1];

function thumb(item) {
  const box = el('div', 'thumb');
  if (item.image) {
    const img = el('img');
    img.alt = '';
    img.loading = 'lazy';
    img.src = item.image;
    box.append(img);
  } else {
    const isText = !item.filename && !item.url && item.text;
    box.textContent = isText ? 'TEXT' : (extension(item.filename) || (item.media_type === 'Link' ? 'Link' : 'File')).toUpperCase();
    box.setAttribute('aria-hidden', 'true');
  }

  return box;
}

// What is known of a receipt, as pairs of a label and a value; those without a value are left out.
const known = item => [
  ['', item.mime], ['', item.size === null ? null : bytes(item.size)],
  ['contact', item.contact_id], ['conversation', item.conversation_id], ['message', item.message_id],
  ['integration', item.integration_id], ['communication', item.communication_id], ['media', item.media_id], ['deployment', item.deployment_id],
].filter(([, value]) => value);

function row(item) {
  const li = el('li');
  const text = el('div');
  const head = el('div', 'head');
  const when = el('time', 'when', clock(item.received_at));
  when.dateTime = item.received_at;
  head.append(el('span', 'name', item.filename || (item.text && !item.url ? 'Message' : '(no name)')), when);
  const facts = el('div', 'facts');
  facts.append(el('span', 'route', routes[item.route] || item.route), ...known(item).map(([name, value]) => fact(name, value)));
  if (item.attachment) facts.append(el('span', ['failed', 'dropped'].includes(item.attachment) ? 'tag' : 'state', becomes[item.attachment] || item.attachment));
  if (item.reply === 'dropped') facts.append(el('span', 'tag', 'reply dropped'));
  text.append(head, facts);
  if (item.text) text.append(el('p', 'text', item.text));
  if (item.url) text.append(el('div', 'hash', item.url));
  if (item.problem) text.append(el('p', 'problem', item.problem));
  if (item.sha256) text.append(el('div', 'hash', 'SHA-256 ' + item.sha256));
  if (item.metadata) text.append(el('div', 'hash', Object.entries(item.metadata).map(([name, value]) => `${name}: ${value}`).join(' · ')));
  li.append(thumb(item), text);
  return li;
}

// Rows are kept while they are on the page, so that images do not flicker and a selection survives.
const rows = new Map();
function showList(newest, total) {
  const alive = new Set(newest.map(i => i.number));
  for (const [n, li] of rows) if (!alive.has(n)) { li.remove(); rows.delete(n); }
  let after = null;
  for (const item of newest) {
    let li = rows.get(item.number);
    // A file that is fetched after its call changes the row it is in.
    const state = [item.image, item.attachment, item.problem].join();
    if (!li || li.dataset.state !== state) {
      const fresh = row(item);
      fresh.dataset.state = state;
      if (li) li.replaceWith(fresh);
      rows.set(item.number, li = fresh);
    }
    if (after ? after.nextSibling !== li : $('list').firstChild !== li) {
      if (after) after.after(li); else $('list').prepend(li);
    }
    after = li;
  }
  $('count').textContent = number(total);
  $('none').hidden = newest.length > 0;
  $('more').hidden = newest.length < 60;
  $('more').textContent = 'The newest 60 are shown. All of them: GET /simulator/received';
}

const spaced = faults => Object.entries(faults).map(([name, value]) => `${name} ${Array.isArray(value) ? value.join(', ') || 'none' : value instanceof Object ? JSON.stringify(value) : value}`).join(' · ');

function showFaults(faults) {
  const set = Object.keys(faults).length > 0;
  const text = set ? 'In force: ' + spaced(faults) : 'None in force: everything works, nothing is limited.';
  if ($('faults').textContent !== text) $('faults').textContent = text;
  $('faults').classList.toggle('on', set);
  const current = JSON.stringify(Object.entries(faults).sort());
  for (const button of $('presets').children) {
    const pressed = button.dataset.faults === current;
    button.setAttribute('aria-pressed', pressed);
    button.classList.toggle('main', pressed);
  }
}

function showStats(stats) {
  const body = [];
  for (const [name, outcomes] of Object.entries(stats.calls)) {
    const call = el('tr', 'call');
    const th = el('th', null, name);
    th.colSpan = 2;
    th.scope = 'rowgroup';
    call.append(th);
    body.push(call);
    for (const [outcome, count] of Object.entries(outcomes)) {
      const tr = el('tr');
      tr.append(el('td', null, outcome.replace('_', ' ')), el('td', 'n', number(count)));
      body.push(tr);
    }
  }
  $('calls').replaceChildren(...body);
  const totals = [
    ['Token requests', stats.token_requests],
    ['Calls inside a Retry-After', stats.calls_inside_retry_after],
    ['Replies dropped', stats.replies_dropped],
  ];
  $('totals').replaceChildren(...totals.flatMap(([k, v]) => [el('dt', null, k), el('dd', null, number(v))]), el('dt', null, 'Seed of the faults'), el('dd', null, String(stats.seed)));
}

async function refresh() {
  try {
    const overview = await (await fetch('/simulator/overview')).json();
    showFaults(overview.faults);
    showStats(overview.stats);
    showList(overview.newest, overview.kept);
    link(true);
  } catch {
    link(false);
  }
}

function link(up) {
  const text = up ? 'Live' : 'Not reachable';
  if ($('link').textContent !== text) $('link').textContent = text;
  $('link').classList.toggle('lost', !up);
}

async function setFaults(text) {
  const answer = await fetch('/simulator/faults', { method: 'POST', headers: { 'Content-Type': 'application/json' }, body: text });
  $('problem').textContent = answer.ok ? '' : (await answer.json()).error;
  await refresh();
}

for (const [name, faults] of presets) {
  const button = el('button', null, name);
  button.type = 'button';
  button.dataset.faults = JSON.stringify(Object.entries(faults).sort());
  button.addEventListener('click', () => setFaults(JSON.stringify(faults)));
  $('presets').append(button);
}
$('set-json').addEventListener('click', () => setFaults($('json').value));
$('empty-list').addEventListener('click', async () => { await fetch('/simulator/received', { method: 'DELETE' }); await refresh(); });

async function loop() {
  if (!document.hidden) await refresh();
  setTimeout(loop, refreshMs);
}
document.addEventListener('visibilitychange', () => { if (!document.hidden) refresh(); });
loop();
