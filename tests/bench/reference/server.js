// server.js: the yardstick of ./run bench. Fastify and better-sqlite3, WAL, synchronous=FULL,
// tuned as far as that stack goes: all posts of one turn of the event loop are committed in one
// transaction, statements are prepared once, the answers are one short text, and nothing is
// answered before the commit. It does no more than it must: it keeps no tallies, no digests and
// no audit log.
//
//     node server.js FOLDER PORT     then GET and POST http://127.0.0.1:PORT/t/REFERENCE

import path from 'node:path';
import querystring from 'node:querystring';
import Database from 'better-sqlite3';
import Fastify from 'fastify';

const ITEMS = ['overall', 'timely', 'fit', 'fair', 'ease', 'kind'];
const CODE = 'REFERENCE';
const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-8[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/;
const COMMENT_MAX = 200;

const [folder, port] = process.argv.slice(2);

// ---- keeping ----

const db = new Database(path.join(folder, 'reference.db'));
db.pragma('journal_mode = WAL');
db.pragma('synchronous = FULL');
db.pragma('cache_size = -65536');
db.exec(`
  CREATE TABLE code (
    code TEXT PRIMARY KEY, programme TEXT NOT NULL, wave TEXT NOT NULL, centre TEXT NOT NULL,
    is_open INTEGER NOT NULL, state INTEGER NOT NULL
  ) STRICT, WITHOUT ROWID;
  CREATE TABLE submission (
    id BLOB PRIMARY KEY, programme TEXT NOT NULL, wave TEXT NOT NULL, centre TEXT NOT NULL,
    answers TEXT NOT NULL
  ) STRICT, WITHOUT ROWID;
  CREATE TABLE comment (
    id INTEGER PRIMARY KEY, programme TEXT NOT NULL, wave TEXT NOT NULL,
    centre TEXT NOT NULL, overall INTEGER NOT NULL, text TEXT NOT NULL
  ) STRICT;
`);
db.prepare('INSERT INTO code VALUES (?, ?, ?, ?, 1, 0)').run(CODE, 'visits', 'all', 'north');

const findCode = db.prepare('SELECT programme, wave, centre, is_open, state FROM code WHERE code = ?');
const spendCode = db.prepare('UPDATE code SET state = 1 WHERE code = ? AND state = 0');
const addSubmission = db.prepare('INSERT INTO submission VALUES (?, ?, ?, ?, ?) ON CONFLICT DO NOTHING');
const addComment = db.prepare(
  'INSERT INTO comment (programme, wave, centre, overall, text) VALUES (?, ?, ?, ?, ?)');

// The status of one post; inside the transaction.
function store(post) {
  const code = findCode.get(post.code);
  if (code === undefined) return 404;
  const { programme, wave, centre } = code;
  if (addSubmission.run(post.id, programme, wave, centre, post.answers).changes === 0) return 303;
  if (code.is_open === 0 && spendCode.run(post.code).changes === 0) return 409;
  if (post.comment !== '')
    addComment.run(programme, wave, centre, Number(post.answers[0]) || 0, post.comment);
  return 303;
}

const storeAll = db.transaction((posts) => posts.map(store));

let waiting = [];

function commitTurn() {
  const posts = waiting;
  waiting = [];
  let statuses;
  try {
    statuses = storeAll.immediate(posts);
  } catch (error) {
    for (const post of posts) post.reject(error);
    return;
  }
  posts.forEach((post, index) => post.resolve(statuses[index]));
}

// Waits for the commit of this turn.
function keep(post) {
  return new Promise((resolve, reject) => {
    if (waiting.length === 0) setImmediate(commitTurn);
    waiting.push({ ...post, resolve, reject });
  });
}

// ---- checking ----

// What was filled in, or undefined if it breaks a rule.
function check(form) {
  if (!UUID.test(form.submission ?? '')) return undefined;
  let answers = '';
  for (const item of ITEMS) {
    const level = form[item] ?? '-';
    if (!/^[1-5-]$/.test(level)) return undefined;
    answers += level;
  }
  const comment = (form.comment ?? '').normalize('NFC').trim();
  if ([...comment].length > COMMENT_MAX) return undefined;
  return { id: Buffer.from(form.submission.replaceAll('-', ''), 'hex'), answers, comment };
}

// ---- serving ----

const levels = [5, 4, 3, 2, 1];
const questions = ITEMS.map((item) => '<fieldset><legend>' + item + '</legend>' +
  levels.map((level) => `<label><input type="radio" name="${item}" value="${level}">${level}</label>`)
    .join('') + '</fieldset>').join('\n');
const firstDay = Math.floor(Date.UTC(2026, 0, 1) / 86400000).toString(16).padStart(8, '0');
const page = `<!doctype html><html lang="zh"><head><title>reference</title></head><body>
<form method="post" action="/t/${CODE}">
<input type="hidden" name="submission" value="${firstDay}-0000-8000-8000-000000000000">
${questions}
<textarea name="comment"></textarea><button type="submit">Send</button></form></body></html>`;

const app = Fastify({ logger: false, disableRequestLogging: true, bodyLimit: 16384 });

app.addContentTypeParser('application/x-www-form-urlencoded', { parseAs: 'string' },
  (request, body, done) => done(null, querystring.parse(body)));

app.get('/t/:code', (request, reply) => {
  reply.header('content-type', 'text/html; charset=utf-8').send(page);
});

app.post('/t/:code', async (request, reply) => {
  const filled = check(request.body);
  if (filled === undefined) return reply.code(422).send('invalid');
  const status = await keep({ code: request.params.code, ...filled });
  if (status === 303) reply.header('location', '/thanks');
  return reply.code(status).send();
});

await app.listen({ host: '127.0.0.1', port: Number(port) });
