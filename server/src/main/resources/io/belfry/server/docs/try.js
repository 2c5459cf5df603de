// Sends a request from the page, to the server that the page comes from.

import {element} from './dom.js';
import {language, texts} from './texts.js';

const TOKEN = 'belfry-docs-token';
const MOST_SHOWN = 200_000;

export function tryIt(api, operation, request) {
  if (request?.mediaType === 'multipart/form-data') {
    return element('pre', {}, formCommand(api, operation, request));
  }
  const token = element('input', {
    type: 'password', autocomplete: 'off', id: 'token', value: sessionStorage.getItem(TOKEN) ?? '',
    oninput: () => sessionStorage.setItem(TOKEN, token.value),
  });
  const body = request && element('textarea', {
    rows: 8, spellcheck: 'false', 'aria-label': texts.request, oninput: () => update(),
  });
  if (body) {
    body.value = JSON.stringify(api.sample(request.schema), null, 2);
  }
  const command = element('pre', {});
  const answer = element('pre', {'aria-live': 'polite', hidden: true});
  const update = () => command.replaceChildren(jsonCommand(operation, body?.value));
  update();
  return element('form', {onsubmit: (event) => {
    event.preventDefault();
    send(operation, token.value, body?.value, answer);
  }},
  api.needsToken(operation) && element('label', {for: 'token'}, texts.token, ' ', token),
  body,
  element('button', {type: 'submit'}, texts.send),
  answer,
  element('h3', {}, texts.curl),
  command);
}

async function send(operation, token, body, answer) {
  answer.hidden = false;
  answer.textContent = texts.sending;
  try {
    const response = await fetch(`/v2/api/${operation.path}`, {
      method: operation.method.toUpperCase(),
      headers: {
        'content-type': 'application/json',
        'content-language': language === 'zh' ? 'zh-CN' : 'en-US',
        ...(token && {authorization: token}),
      },
      body,
    });
    answer.textContent = `${response.status}\n${readable(await response.text())}`;
  } catch (error) {
    answer.textContent = error.message;
  }
}

function readable(text) {
  try {
    text = JSON.stringify(JSON.parse(text), null, 2);
  } catch {
    // shown as it came
  }
  return text.length > MOST_SHOWN ? text.slice(0, MOST_SHOWN) + '\n…' : text;
}

function jsonCommand(operation, body) {
  const lines = [`curl ${address(operation)}`, `-H "Authorization: $TOKEN"`];
  if (body !== undefined) {
    lines.push(`-H 'Content-Type: application/json'`, `-d '${body.replaceAll("'", String.raw`'\''`)}'`);
  }
  return lines.join(' \\\n  ');
}

function formCommand(api, operation, request) {
  const form = api.schema(request.schema.$ref.split('/').pop());
  const parts = form.required.map((field) =>
    `-F '${field}=${form.properties[field].format === 'binary' ? '@FILE' : '…'}'`);
  return [`curl ${address(operation)}`, `-H "Authorization: $TOKEN"`, ...parts].join(' \\\n  ');
}

function address(operation) {
  return `${location.origin}/v2/api/${operation.path}`;
}
