// What there is to read: a search box, the operations by group, the types.

import {element} from './dom.js';
import {language, switchLanguage, texts} from './texts.js';

const MOST_TYPES = 200;

/** Fills the side of the page; the answer marks the entry of the page that is shown. */
export function sidebar(api, side) {
  const search = element('input', {
    type: 'search', placeholder: texts.search, 'aria-label': texts.search, oninput: () => fill(),
  });
  const entries = element('div', {class: 'entries'});
  side.append(header(), search, entries);
  addEventListener('keydown', (event) => {
    if (event.key === '/' && !event.target.matches('input, textarea')) {
      event.preventDefault();
      search.focus();
    }
  });

  let current = '';
  const fill = () => {
    entries.replaceChildren(...listed(api, search.value));
    mark(current);
  };
  const mark = (address) => {
    current = address;
    entries.querySelector('[aria-current]')?.removeAttribute('aria-current');
    const link = entries.querySelector(`a[href="#/${CSS.escape(address)}"]`);
    link?.setAttribute('aria-current', 'page');
    link?.closest('details').setAttribute('open', '');
    link?.scrollIntoView({block: 'nearest'});
  };
  fill();
  return {mark};
}

function header() {
  return element('header', {},
      element('a', {href: '#/', class: 'home'}, texts.title),
      element('button', {type: 'button', lang: language === 'en' ? 'zh' : 'en',
        onclick: switchLanguage}, texts.otherLanguage));
}

function listed(api, filter) {
  const open = filter.trim() !== '';
  const types = api.schemaNames(filter);
  return [
    element('h2', {}, texts.operations),
    ...api.groups(filter).map(([group, operations]) =>
      details(group, operations.length, open, operations.map((each) =>
        link(`operation/${each.path}`, each.path)))),
    element('h2', {}, texts.types),
    details(texts.types, types.length, open && types.length <= MOST_TYPES,
        types.map((name) => link(`type/${name}`, name))),
  ];
}

function details(title, count, open, links) {
  return element('details', {open},
      element('summary', {}, title, ' ', element('small', {}, String(count))),
      element('ul', {}, links.map((each) => element('li', {}, each))));
}

function link(address, text) {
  return element('a', {href: `#/${address}`}, text);
}
