// Builds DOM nodes. Texts only ever become text nodes, never markup.

/** An element; attributes whose name starts with "on" are listeners, children may be nested lists. */
export function element(tag, attributes = {}, ...children) {
  const node = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) {
    if (name.startsWith('on')) {
      node.addEventListener(name.slice(2), value);
    } else if (value === true) {
      node.setAttribute(name, '');
    } else if (value !== false && value != null) {
      node.setAttribute(name, value);
    }
  }
  node.append(...children.flat(Infinity).filter((child) => child != null && child !== false));
  return node;
}

/** A sentence; what stands between backticks is code. */
export function prose(text) {
  return text.split('`')
      .map((part, index) => index % 2 === 0 ? part : element('code', {}, part));
}

/** A table with a heading row; each row is a list of cells. */
export function table(headings, rows) {
  return element('table', {},
      element('thead', {}, element('tr', {}, headings.map((each) => element('th', {}, each)))),
      element('tbody', {}, rows.map((cells) =>
          element('tr', {}, cells.map((cell) => element('td', {}, cell))))));
}
