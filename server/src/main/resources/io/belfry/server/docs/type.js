// A type's page, and tables of fields wherever a type is shown.

import {filterFields, useOf} from './api.js';
import {element, prose, table} from './dom.js';
import {texts} from './texts.js';

export function typePage(api, name) {
  const users = api.usedBy(name);
  return [
    element('h1', {}, name),
    typeBody(api, name),
    users.length > 0 && element('section', {},
        element('h2', {}, texts.usedBy),
        element('ul', {class: 'columns'}, users.map((operation) => element('li', {},
            element('a', {href: `#/operation/${operation.path}`}, operation.path))))),
  ].filter(Boolean);
}

/** What a schema says of itself. */
export function typeBody(api, name) {
  const schema = api.schema(name);
  return element('div', {},
      schema.description && element('p', {}, prose(schema.description)),
      schema.enum ? constants(schema.enum, schema['x-enumDescriptions'] ?? {})
          : name.endsWith('WhereInput') ? filterTable(schema)
          : fieldTable(schema));
}

/** A type in a line: a link, "list of", "may be null". */
export function typeName(schema) {
  const use = useOf(schema);
  return element('span', {},
      use.list && texts.listOf + ' ',
      use.link
          ? element('a', {href: `#/type/${use.name}`}, use.name)
          : element('code', {}, use.name),
      use.nullable && element('small', {}, ' ', texts.nullable));
}

function fieldTable(schema) {
  const required = new Set(schema.required);
  return table([texts.field, texts.type, ''], Object.entries(schema.properties).map(
      ([name, property]) => [
        [element('code', {}, name), required.has(name)
            && element('small', {class: 'required'}, ' ', texts.required)],
        [typeName(property), limits(property)],
        prose(property.description ?? ''),
      ]));
}

/** What a value must keep to, in short: "1 … 255 characters". */
function limits(property) {
  const each = property.items ?? property;
  return [
    range(each.minLength, each.maxLength, texts.characters),
    range(each.minimum, each.maximum, ''),
    range(property.minItems, property.maxItems, texts.items),
  ].filter(Boolean).map((limit) => element('small', {}, ' ', limit));
}

function range(least, most, noun) {
  if (least === undefined && most === undefined) {
    return null;
  }
  const bounds = least === undefined ? `≤ ${most}`
      : most === undefined ? `≥ ${least}`
      : `${least} … ${most}`;
  return `${bounds} ${noun}`;
}

function filterTable(schema) {
  return table([texts.field, texts.type, texts.operators], filterFields(schema.properties).map(
      ({field, use, operators}) => [
        element('code', {}, field),
        use.link ? element('a', {href: `#/type/${use.name}`}, use.name)
            : element('code', {}, use.name),
        operators.map((operator) => [
          element('code', {class: 'chip'}, operatorName(operator, use)), ' ']),
      ]));
}

function operatorName(operator, use) {
  if (operator !== '') {
    return `_${operator}`;
  }
  return use.name.endsWith('WhereInput') ? texts.matches : texts.equals;
}

function constants(values, descriptions) {
  const explained = Object.keys(descriptions).length > 0;
  return element('section', {},
      element('h2', {}, texts.constants),
      element('ul', {class: !explained && 'columns'},
          values.map((value) => element('li', {},
              element('code', {}, value), ' ', prose(descriptions[value] ?? '')))));
}
