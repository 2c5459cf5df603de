// The OpenAPI document as the page asks for it.

const OPERATORS = [
  'not_starts_with', 'not_ends_with', 'not_contains', 'not_in', 'not',
  'starts_with', 'ends_with', 'contains', 'in', 'lte', 'lt', 'gte', 'gt',
];
const RELATION_OPERATORS = ['every', 'some', 'none'];

/**
 * @typedef Use what one place holds
 * @property {string} name of a schema, a scalar or "any"
 * @property {boolean} link whether the name is one of a schema
 * @property {boolean} list
 * @property {boolean} nullable
 */

export class Api {
  constructor(document) {
    this.document = document;
    this.operations = Object.entries(document.paths)
        .flatMap(([path, methods]) => Object.entries(methods)
            .map(([method, operation]) => ({path: path.slice(1), method, ...operation})));
  }

  /** Groups with their operations, by name; all those where the group or an operation matches. */
  groups(filter) {
    const wanted = filter.trim().toLowerCase();
    const groups = new Map();
    for (const operation of this.operations) {
      const texts = [operation.path, operation.operationId, operation.tags[0]];
      if (texts.some((text) => text.toLowerCase().includes(wanted))) {
        groups.set(operation.tags[0], [...(groups.get(operation.tags[0]) ?? []), operation]);
      }
    }
    return [...groups].sort(([a], [b]) => a.localeCompare(b, 'en'));
  }

  operation(path) {
    return this.operations.find((each) => each.path === path);
  }

  schema(name) {
    return this.document.components.schemas[name];
  }

  schemaNames(filter) {
    const wanted = filter.trim().toLowerCase();
    return Object.keys(this.document.components.schemas)
        .filter((name) => name.toLowerCase().includes(wanted));
  }

  /** The request's media type and schema, if it has a body. */
  request(operation) {
    const content = operation.requestBody?.content;
    return content && {mediaType: Object.keys(content)[0], schema: Object.values(content)[0].schema};
  }

  response(operation) {
    return operation.responses['200'].content['application/json'].schema;
  }

  /** The answers that are no success, as status and explanation. */
  errors(operation) {
    return Object.entries(operation.responses)
        .filter(([status]) => status !== '200')
        .map(([status, {$ref}]) =>
            [status, this.document.components.responses[nameIn($ref)].description]);
  }

  needsToken(operation) {
    return operation.security === undefined;
  }

  /** The operations whose request or answer names a schema. */
  usedBy(name) {
    const reference = `"#/components/schemas/${name}"`;
    return this.operations.filter((operation) => JSON.stringify(operation).includes(reference));
  }

  /** A request that does little harm: required fields only, filters by one id. */
  sample(schema, depth = 0) {
    const use = useOf(schema);
    if (use.list) {
      return [this.sample(schema.items, depth)];
    }
    if (!use.link) {
      return sampleScalar(use.name);
    }
    const target = this.schema(use.name);
    if (target.enum) {
      return target.enum[0];
    }
    if (use.name.endsWith('WhereInput')) {
      return {id: '…'};
    }
    if (use.name.startsWith('Get') && 'orderBy' in target.properties) {
      return {where: {}, first: 10};
    }
    const required = depth > 4 ? [] : target.required ?? [];
    return Object.fromEntries(
        required.map((field) => [field, this.sample(target.properties[field], depth + 1)]));
  }
}

/** @returns {Use} */
export function useOf(schema) {
  if (schema.$ref) {
    return {name: nameIn(schema.$ref), link: true, list: false, nullable: false};
  }
  if (schema.anyOf) {
    return {...useOf(schema.anyOf[0]), nullable: true};
  }
  const types = [schema.type ?? 'any'].flat();
  const nullable = types.includes('null');
  if (types[0] === 'array') {
    return {...useOf(schema.items), list: true, nullable};
  }
  return {name: schema.format ?? types[0], link: false, list: false, nullable};
}

/** The keys of a filter by field: `{field, use, operators}`, where the operator '' is equality. */
export function filterFields(properties) {
  const fields = new Map();
  for (const [key, schema] of Object.entries(properties)) {
    const [field, operator] = splitKey(key, properties);
    const known = fields.get(field) ?? {field, use: useOf(schema), operators: []};
    known.operators.push(operator);
    fields.set(field, known);
  }
  return [...fields.values()];
}

function splitKey(key, properties) {
  const relation = RELATION_OPERATORS.find((each) => key.endsWith('_' + each));
  if (relation) {
    return [key.slice(0, -relation.length - 1), relation];
  }
  const operator = OPERATORS.find(
      (each) => key.endsWith('_' + each) && key.slice(0, -each.length - 1) in properties);
  return operator ? [key.slice(0, -operator.length - 1), operator] : [key, ''];
}

function sampleScalar(name) {
  switch (name) {
    case 'int32': case 'int64': case 'double': return 0;
    case 'boolean': return false;
    case 'date-time': return '2026-01-31T08:00:00.000Z';
    case 'any': return {};
    default: return '…';
  }
}

function nameIn(reference) {
  return reference.slice(reference.lastIndexOf('/') + 1);
}
