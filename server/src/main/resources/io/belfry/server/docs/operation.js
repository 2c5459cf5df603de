// An operation's page.

import {useOf} from './api.js';
import {element, prose, table} from './dom.js';
import {texts} from './texts.js';
import {tryIt} from './try.js';
import {typeBody, typeName} from './type.js';

export function operationPage(api, operation) {
  const request = api.request(operation);
  const response = api.response(operation);
  return [
    element('h1', {}, operation.summary),
    element('p', {class: 'call'},
        element('b', {}, operation.method.toUpperCase()), ' ',
        element('code', {}, `/v2/api/${operation.path}`), ' ',
        element('small', {}, operation.operationId)),
    operation.description && element('p', {}, prose(operation.description)),
    badges(api, operation, request),
    section(texts.request, request ? body(api, request.schema) : element('p', {}, texts.noBody)),
    section(texts.tryIt, tryIt(api, operation, request)),
    section(texts.answer, body(api, response)),
    section(texts.errors, table([texts.status, texts.meaning],
        api.errors(operation).map(
            ([status, meaning]) => [element('code', {}, status), prose(meaning)]))),
  ].filter(Boolean);
}

function badges(api, operation, request) {
  return element('p', {},
      !api.needsToken(operation) && element('span', {class: 'chip'}, texts.isPublic), ' ',
      request?.mediaType === 'multipart/form-data'
          && element('span', {class: 'chip'}, texts.form));
}

function section(title, ...content) {
  return element('section', {}, element('h2', {}, title), content);
}

/** The type's name and what it consists of. */
function body(api, schema) {
  const use = useOf(schema);
  return use.link
      ? element('details', {open: true},
          element('summary', {}, typeName(schema)), typeBody(api, use.name))
      : element('p', {}, typeName(schema));
}
